package io.azimuth.perception.tracking;

import java.util.List;

/** All that a {@link MultiObjectTracker} needs to go on exactly where it stood. Immutable. */
public record TrackerState(long nextId, long lastStampNanos, List<double[]> tracks) {
    public static final TrackerState EMPTY = new TrackerState(1, Long.MIN_VALUE, List.of());
}
