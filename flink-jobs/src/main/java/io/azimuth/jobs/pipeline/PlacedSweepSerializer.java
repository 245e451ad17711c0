package io.azimuth.jobs.pipeline;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries {@link PlacedSweep} over the vehicle-keyed edge and stores the reorder buffer. */
final class PlacedSweepSerializer extends RecordSerializer<PlacedSweep> {
    private static final long serialVersionUID = 1L;
    static final RecordTypeInfo<PlacedSweep> TYPE =
            new RecordTypeInfo<>(PlacedSweep.class, new PlacedSweepSerializer());

    @Override
    int version() {
        return 3; // 1: detections without recognition; 2: without points
    }

    @Override
    void write(PlacedSweep s, DataOutputView out) throws IOException {
        Fields.writeTag(s.tag(), out);
        Fields.writeDoubles(s.egoFromSensor(), out);
        Fields.writeDoubles(s.odomFromSensor(), out);
        Fields.writeDoubles(s.twist(), out);
        out.writeLong(s.stampNanos());
        out.writeBoolean(s.discontinuity());
        out.writeFloat(s.odometryMillis());
        Fields.writeDetections(s.detections(), out);
    }

    @Override
    PlacedSweep read(int version, DataInputView in) throws IOException {
        return new PlacedSweep(
                Fields.readTag(in),
                Fields.readDoubles(12, in),
                Fields.readDoubles(12, in),
                Fields.readDoubles(6, in),
                in.readLong(),
                in.readBoolean(),
                in.readFloat(),
                Fields.readDetections(version, in));
    }

    @Override
    public TypeSerializerSnapshot<PlacedSweep> snapshotConfiguration() {
        return new Form();
    }

    /** Stored in checkpoints; its name must stay. */
    public static final class Form extends Snapshot<PlacedSweep> {
        @Override
        RecordSerializer<PlacedSweep> serializer() {
            return new PlacedSweepSerializer();
        }
    }
}
