package io.azimuth.jobs.pipeline;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Stores {@link VehicleState}. */
final class VehicleStateSerializer extends RecordSerializer<VehicleState> {
    private static final long serialVersionUID = 1L;

    @Override
    int version() {
        return 3; // 1: tracks without appearance, which read as they are; 2: without points
    }

    @Override
    void write(VehicleState s, DataOutputView out) throws IOException {
        out.writeUTF(s.primarySensor());
        out.writeLong(s.pose().stampNanos());
        Fields.writeDoubles(s.pose().odomFromPrimary(), out);
        Fields.writeDoubles(s.pose().twist(), out);
        Fields.writeDoubles(s.pose().egoFromPrimary(), out);
        out.writeLong(s.lastStampNanos());
        out.writeLong(s.lastSeenNanos());
        TrackerStateForm.write(s.tracker(), out);
    }

    @Override
    VehicleState read(int version, DataInputView in) throws IOException {
        String primary = in.readUTF();
        RigPose pose =
                new RigPose(
                        in.readLong(),
                        Fields.readDoubles(12, in),
                        Fields.readDoubles(6, in),
                        Fields.readDoubles(12, in));
        return new VehicleState(
                primary,
                pose,
                in.readLong(),
                in.readLong(),
                TrackerStateForm.read(version >= 3, in));
    }

    @Override
    public TypeSerializerSnapshot<VehicleState> snapshotConfiguration() {
        return new Form();
    }

    /** Stored in checkpoints; its name must stay. */
    public static final class Form extends Snapshot<VehicleState> {
        @Override
        RecordSerializer<VehicleState> serializer() {
            return new VehicleStateSerializer();
        }
    }
}
