package io.azimuth.perception.tracking;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * All that a {@link MultiObjectTracker} needs to go on exactly where it stood. Immutable: the
 * arrays are never written after the record is made, by the tracker or by a receiver.
 *
 * @param nextId id of the next new track, from 1
 * @param lastStampNanos stamp of the last update, {@link Long#MIN_VALUE} before the first
 * @param tracks one array of {@link #VALUES_PER_TRACK} finite numbers a track, or of {@link
 *     #VALUES_WITH_APPEARANCE} if its looks are known, by rising id; they must be stored as exact
 *     64-bit doubles. The shorter form is that of releases that knew no looks: it is read as it is
 * @param pieces one array a track, in the same order: the points that its motion is told against;
 *     empty where there are none
 */
public record TrackerState(
        long nextId, long lastStampNanos, List<double[]> tracks, List<double[]> pieces) {
    /** Length of each track's array. A new layout gets a new length, so old bytes are refused. */
    public static final int VALUES_PER_TRACK = TrackFilter.VALUES;

    /** Length of the array of a track with an embedding. */
    public static final int VALUES_WITH_APPEARANCE = TrackFilter.VALUES_WITH_APPEARANCE;

    public static final TrackerState EMPTY =
            new TrackerState(1, Long.MIN_VALUE, List.of(), List.of());

    public TrackerState {
        tracks = List.copyOf(tracks);
        pieces = List.copyOf(pieces);
        if (nextId < 1) {
            throw new IllegalArgumentException(
                    "tracker state: nextId is " + nextId + ", expected 1 or more");
        }
        if (pieces.size() != tracks.size()) {
            throw new IllegalArgumentException(
                    "tracker state: %d tracks and %d pieces, expected as many"
                            .formatted(tracks.size(), pieces.size()));
        }
        pieces.forEach(PieceMotion::requireForm);
        for (double[] t : tracks) {
            if (t.length != VALUES_PER_TRACK && t.length != VALUES_WITH_APPEARANCE) {
                throw new IllegalArgumentException(
                        "tracker state: a track has %d numbers, expected %d or %d; it was written by another version"
                                .formatted(t.length, VALUES_PER_TRACK, VALUES_WITH_APPEARANCE));
            }
        }
    }

    /** Of a release that knew no points: motion is told anew. */
    public static TrackerState withoutPieces(
            long nextId, long lastStampNanos, List<double[]> tracks) {
        return new TrackerState(
                nextId, lastStampNanos, tracks, Collections.nCopies(tracks.size(), new double[0]));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TrackerState s
                && nextId == s.nextId
                && lastStampNanos == s.lastStampNanos
                && Arrays.deepEquals(tracks.toArray(), s.tracks.toArray())
                && Arrays.deepEquals(pieces.toArray(), s.pieces.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(tracks.toArray()) * 31 + Long.hashCode(nextId ^ lastStampNanos);
    }
}
