package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Sweep;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The station in the source's chain: detects and reduces; the points of a sweep end here. What is
 * no sweep, or makes an algorithm fail, becomes a dead letter and the stream goes on. Not keyed;
 * its state are the clocks of its partitions.
 *
 * <p>One sweep after the other on the task's thread; {@link FrontOperator} has several under way,
 * and this is what its results are compared with.
 */
final class FrontFunction extends ProcessFunction<Intake, SweepProduct>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    static final OutputTag<OutRecord> RESULTS =
            new OutputTag<>("front-results", OutRecordSerializer.TYPE);

    private final FrontParts parts;
    private transient @Nullable FrontStation station;
    private transient @Nullable FrontReport report;
    private transient @Nullable PartitionClocks clocks;
    private transient @Nullable ListState<byte[]> storedClocks;

    FrontFunction(FrontParts parts) {
        this.parts = parts;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        clocks = parts.clocks();
        storedClocks = PartitionClocks.stored(context.getOperatorStateStore());
        clocks.restore(storedClocks.get());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(storedClocks, "used before its state").update(clocks().saved());
    }

    private PartitionClocks clocks() {
        return Objects.requireNonNull(clocks, "used before its state");
    }

    @Override
    public void open(OpenContext context) {
        station =
                parts.station(
                        DetectorSite.of(getRuntimeContext(), getRuntimeContext().getMetricGroup()));
        report = parts.report(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Intake taken, Context ctx, Collector<SweepProduct> out) {
        Intake intake = clocks().judged(taken);
        FrontOutcome outcome = FrontStation.withoutLooking(intake);
        Sweep sweep = intake.sweep();
        if (outcome == null && sweep != null) {
            outcome = Objects.requireNonNull(station, "used before open").perceive(intake, sweep);
        }
        Objects.requireNonNull(report, "used before open")
                .send(
                        intake,
                        Objects.requireNonNull(outcome),
                        said -> ctx.output(RESULTS, said),
                        out::collect);
    }

    @Override
    public void close() {
        if (station != null) {
            station.close();
        }
    }
}
