package io.azimuth.perception.simulation;

import java.util.HashMap;
import java.util.Map;

/** When the objects of a simulated sweep were measured. Immutable, thread-safe. */
public final class MeasuredShare {
    private static final double MID_SWEEP = 0.5;

    private final Map<Integer, long[]> times = new HashMap<>(); // looked up only
    private final boolean timed;
    private final double duration;

    /** Of all objects in the sweep. */
    public MeasuredShare(SimulatedSweep made) {
        int[] labels = made.pointLabels();
        timed = made.sweep().points().hasTime(); // what is compensated stands at mid-sweep
        duration = made.sweep().durationNanos();
        int[] offsets = made.sweep().points().timeOffsetNanos();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                long[] sum = times.computeIfAbsent(labels[i], id -> new long[2]);
                sum[0] += offsets[i];
                sum[1]++;
            }
        }
    }

    /** Mean time of an object's points as a share of the sweep; 0.5 if it has none. */
    public double of(int objectId) {
        long[] sum = times.getOrDefault(objectId, new long[2]);
        return sum[1] == 0 || !timed ? MID_SWEEP : (double) sum[0] / sum[1] / duration;
    }
}
