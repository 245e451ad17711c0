package io.azimuth.jobs.pipeline;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes fronts that have sweeps under way. */
final class FrontOperatorFactory extends AbstractStreamOperatorFactory<SweepProduct>
        implements OneInputStreamOperatorFactory<Intake, SweepProduct> {
    private static final long serialVersionUID = 1L;

    private final FrontParts parts;
    private final int ring;

    /**
     * @param ring records under way in one task at most, from 1
     */
    FrontOperatorFactory(FrontParts parts, int ring) {
        this.parts = parts;
        this.ring = ring;
    }

    @Override
    @SuppressWarnings("unchecked") // the one kind of operator that this makes
    public <T extends StreamOperator<SweepProduct>> T createStreamOperator(
            StreamOperatorParameters<SweepProduct> parameters) {
        return (T) new FrontOperator(parameters, parts, ring);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
        return FrontOperator.class;
    }
}
