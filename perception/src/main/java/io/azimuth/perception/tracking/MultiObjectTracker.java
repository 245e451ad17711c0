package io.azimuth.perception.tracking;

import java.util.List;

/** Follows objects from sweep to sweep. One instance per vehicle; not thread-safe. */
public final class MultiObjectTracker {
    private TrackerState state;

    private MultiObjectTracker(TrackerConfig config, TrackerState state) {
        this.state = state;
    }

    public MultiObjectTracker(TrackerConfig config) {
        this(config, TrackerState.EMPTY);
    }

    /** A tracker that goes on bit for bit where the one that gave {@code state} stood. */
    public static MultiObjectTracker resume(TrackerConfig config, TrackerState state) {
        return new MultiObjectTracker(config, state);
    }

    /**
     * Takes the next observation in time order.
     *
     * @return the confirmed tracks at the observation's stamp, by id
     * @throws IllegalArgumentException if the stamp lies before an earlier one
     */
    public List<Track> update(Observation observation) {
        return List.of();
    }

    public TrackerState state() {
        return state;
    }
}
