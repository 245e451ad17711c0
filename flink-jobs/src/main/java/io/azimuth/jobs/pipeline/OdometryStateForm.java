package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.KeyFrame;
import io.azimuth.registration.odometry.OdometryState;
import io.azimuth.registration.odometry.ReducedSweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of {@link OdometryState}; the one place that knows its fields. */
final class OdometryStateForm {
    private OdometryStateForm() {}

    static void write(OdometryState s, DataOutputView out) throws IOException {
        out.writeLong(s.sweeps());
        out.writeLong(s.lastMidNanos());
        Fields.writeDoubles(s.odomFromSensor().toRows(), out);
        Fields.writeDoubles(s.twist(), out);
        out.writeInt(s.held());
        out.writeDouble(s.deviationM());
        out.writeInt(s.keyFrames().size());
        for (KeyFrame frame : s.keyFrames()) {
            writeFrame(frame, out);
        }
        out.writeBoolean(s.first() != null);
        if (s.first() != null) {
            Fields.writeReduced(s.first(), out);
        }
    }

    static void writeFrame(KeyFrame frame, DataOutputView out) throws IOException {
        Fields.writeDoubles(frame.odomFromSensor().toRows(), out);
        Fields.writeShorts(frame.x(), out);
        Fields.writeShorts(frame.y(), out);
        Fields.writeShorts(frame.z(), out);
    }

    static KeyFrame readFrame(DataInputView in) throws IOException {
        return new KeyFrame(
                RigidTransform.ofRows(Fields.readDoubles(12, in)),
                Fields.readShorts(in),
                Fields.readShorts(in),
                Fields.readShorts(in));
    }

    static OdometryState read(DataInputView in) throws IOException {
        long sweeps = in.readLong();
        long lastMidNanos = in.readLong();
        RigidTransform odomFromSensor = RigidTransform.ofRows(Fields.readDoubles(12, in));
        double[] twist = Fields.readDoubles(6, in);
        int held = in.readInt();
        double deviationM = in.readDouble();
        int count = Fields.readCount(in);
        List<KeyFrame> frames = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            frames.add(readFrame(in));
        }
        ReducedSweep first = in.readBoolean() ? Fields.readReduced(in) : null;
        return new OdometryState(
                sweeps,
                lastMidNanos,
                odomFromSensor,
                twist,
                held,
                deviationM,
                List.copyOf(frames),
                first);
    }
}
