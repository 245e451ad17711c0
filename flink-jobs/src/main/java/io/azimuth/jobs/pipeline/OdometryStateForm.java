package io.azimuth.jobs.pipeline;

import io.azimuth.registration.odometry.OdometryState;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of {@link OdometryState}; the one place that knows its fields. */
final class OdometryStateForm {
    private OdometryStateForm() {}

    static void write(OdometryState s, DataOutputView out) throws IOException {
        out.writeLong(s.lastSeq());
        out.writeLong(s.lastMidNanos());
    }

    static OdometryState read(DataInputView in) throws IOException {
        return new OdometryState(in.readLong(), in.readLong());
    }
}
