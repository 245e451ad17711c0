package io.azimuth.jobs.pipeline;

import io.azimuth.registration.recovery.RecoveryState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Stores {@link SensorState}. Version 1 knew no places; odometry resumes from it without any. */
final class SensorStateSerializer extends RecordSerializer<SensorState> {
    private static final long serialVersionUID = 1L;

    @Override
    int version() {
        return 2;
    }

    @Override
    void write(SensorState s, DataOutputView out) throws IOException {
        out.writeInt(s.drives().size());
        for (SensorState.DriveLog drive : s.drives()) {
            out.writeUTF(drive.driveId());
            out.writeLong(drive.log().lastSeq());
            Fields.writeLongs(drive.log().gaps(), out);
        }
        out.writeLong(s.lastEndNanos());
        RecoveryStateForm.write(s.odometry(), out);
    }

    @Override
    SensorState read(int version, DataInputView in) throws IOException {
        int count = Fields.readCount(in);
        List<SensorState.DriveLog> drives = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drives.add(
                    new SensorState.DriveLog(
                            in.readUTF(), new SequenceLog(in.readLong(), Fields.readLongs(in))));
        }
        long lastEndNanos = in.readLong();
        RecoveryState odometry =
                version == 1
                        ? RecoveryState.of(OdometryStateForm.read(in))
                        : RecoveryStateForm.read(in);
        return new SensorState(drives, lastEndNanos, odometry);
    }

    @Override
    public TypeSerializerSnapshot<SensorState> snapshotConfiguration() {
        return new Form();
    }

    /** Stored in checkpoints; its name must stay. */
    public static final class Form extends Snapshot<SensorState> {
        @Override
        RecordSerializer<SensorState> serializer() {
            return new SensorStateSerializer();
        }
    }
}
