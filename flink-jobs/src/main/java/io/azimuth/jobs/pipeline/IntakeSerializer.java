package io.azimuth.jobs.pipeline;

import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Refuses to serialize: a raw sweep never leaves the task that fetched it. That a job runs at all
 * proves the rule.
 */
final class IntakeSerializer extends RecordSerializer<Intake> {
    private static final long serialVersionUID = 1L;
    static final RecordTypeInfo<Intake> TYPE =
            new RecordTypeInfo<>(Intake.class, new IntakeSerializer());

    @Override
    int version() {
        return 1;
    }

    @Override
    void write(Intake value, DataOutputView out) {
        throw new IllegalStateException(
                "a raw sweep was about to cross an edge; keep the front chained to its source");
    }

    @Override
    Intake read(int version, DataInputView in) {
        throw new IllegalStateException("a raw sweep is never read back");
    }

    @Override
    public TypeSerializerSnapshot<Intake> snapshotConfiguration() {
        return new Form();
    }

    /** Stored in checkpoints; its name must stay. */
    public static final class Form extends Snapshot<Intake> {
        @Override
        RecordSerializer<Intake> serializer() {
            return new IntakeSerializer();
        }
    }
}
