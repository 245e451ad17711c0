package io.azimuth.jobs.pipeline;

import io.azimuth.perception.tracking.TrackerState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of {@link TrackerState}; the one place that knows its fields. */
final class TrackerStateForm {
    private TrackerStateForm() {}

    static void write(TrackerState s, DataOutputView out) throws IOException {
        out.writeLong(s.nextId());
        out.writeLong(s.lastStampNanos());
        out.writeInt(s.tracks().size());
        for (double[] track : s.tracks()) {
            Fields.writeDoubles(track, out);
        }
    }

    static TrackerState read(DataInputView in) throws IOException {
        long nextId = in.readLong();
        long lastStampNanos = in.readLong();
        int count = Fields.readCount(in);
        List<double[]> tracks = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            tracks.add(Fields.readDoubles(in));
        }
        return new TrackerState(nextId, lastStampNanos, tracks);
    }

    /** A state without tracks that never gives an id again. */
    static TrackerState restarted(TrackerState s) {
        return new TrackerState(
                s.nextId(), TrackerState.EMPTY.lastStampNanos(), TrackerState.EMPTY.tracks());
    }
}
