package io.azimuth.jobs.pipeline;

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
        out.writeLong(s.lastSeq());
        out.writeLong(s.lastMidNanos());
        out.writeLong(s.sweeps());
        out.writeLong(s.heldInRow());
        Fields.writeDoubles(s.odomFromSensor(), out);
        Fields.writeDoubles(s.twist(), out);
        out.writeDouble(s.errorM());
        out.writeInt(s.keyFrames().size());
        for (KeyFrame frame : s.keyFrames()) {
            writeKeyFrame(frame, out);
        }
        out.writeInt(s.unplaced().size());
        for (ReducedSweep sweep : s.unplaced()) {
            Fields.writeReduced(sweep, out);
        }
    }

    static OdometryState read(DataInputView in) throws IOException {
        long lastSeq = in.readLong();
        long lastMidNanos = in.readLong();
        long sweeps = in.readLong();
        long heldInRow = in.readLong();
        double[] odomFromSensor = Fields.readDoubles(12, in);
        double[] twist = Fields.readDoubles(6, in);
        double errorM = in.readDouble();
        int frames = Fields.readCount(in);
        List<KeyFrame> keyFrames = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            keyFrames.add(readKeyFrame(in));
        }
        int waiting = Fields.readCount(in);
        List<ReducedSweep> unplaced = new ArrayList<>();
        for (int i = 0; i < waiting; i++) {
            unplaced.add(Fields.readReduced(in));
        }
        return new OdometryState(
                lastSeq,
                lastMidNanos,
                sweeps,
                heldInRow,
                odomFromSensor,
                twist,
                errorM,
                keyFrames,
                unplaced);
    }

    private static void writeKeyFrame(KeyFrame frame, DataOutputView out) throws IOException {
        out.writeLong(frame.seq());
        Fields.writeDoubles(frame.odomFromSensor(), out);
        out.writeFloat(frame.stepM());
        Fields.writeShorts(frame.x(), out);
        Fields.writeShorts(frame.y(), out);
        Fields.writeShorts(frame.z(), out);
    }

    private static KeyFrame readKeyFrame(DataInputView in) throws IOException {
        return new KeyFrame(
                in.readLong(),
                Fields.readDoubles(12, in),
                in.readFloat(),
                Fields.readShorts(in),
                Fields.readShorts(in),
                Fields.readShorts(in));
    }
}
