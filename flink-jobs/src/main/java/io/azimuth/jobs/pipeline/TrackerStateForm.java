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
        for (double[] piece : s.pieces()) {
            Fields.writeDoubles(piece, out);
        }
    }

    /**
     * @param pieces whether the bytes hold the points of tracks; those of earlier releases do not
     */
    static TrackerState read(boolean pieces, DataInputView in) throws IOException {
        long nextId = in.readLong();
        long lastStampNanos = in.readLong();
        int count = Fields.readCount(in);
        List<double[]> tracks = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            tracks.add(Fields.readDoubles(in));
        }
        if (!pieces) {
            return TrackerState.withoutPieces(nextId, lastStampNanos, tracks);
        }
        List<double[]> points = new ArrayList<>(tracks.size());
        for (int i = 0; i < count; i++) {
            points.add(Fields.readDoubles(in));
        }
        return new TrackerState(nextId, lastStampNanos, tracks, points);
    }

    /** A state without tracks that never gives an id again. */
    static TrackerState restarted(TrackerState s) {
        return new TrackerState(
                s.nextId(),
                TrackerState.EMPTY.lastStampNanos(),
                TrackerState.EMPTY.tracks(),
                TrackerState.EMPTY.pieces());
    }
}
