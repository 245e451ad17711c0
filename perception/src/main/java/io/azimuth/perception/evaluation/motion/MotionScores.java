package io.azimuth.perception.evaluation.motion;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.matching.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Velocities of tracks against those of the objects that they follow. In each sweep tracks and
 * objects of one group are paired with the least sum of centre distances; what is paired, counts in
 * the region and has a true velocity is judged.
 *
 * @param standing pairs whose object is slower than {@link #STANDING_MPS}
 * @param moving pairs whose object is faster than {@link #MOVING_MPS}
 * @param all those, and those in between
 */
public record MotionScores(Errors standing, Errors moving, Errors all) {
    /** An object that is slower stands. */
    public static final double STANDING_MPS = 0.2;

    /** An object that is faster moves, in between it may do either. */
    public static final double MOVING_MPS = 1;

    /** Above any pair that is near enough. */
    private static final double ALONE_COST = 1e6;

    /**
     * Of one kind of pairs.
     *
     * @param boxes pairs
     * @param medianMps of the length of the difference of velocities; NaN if there are none
     * @param rmsMps root mean square of it; NaN if there are none
     * @param saidRightly tracks that say of their object what it does
     * @param saidWrongly tracks that say the opposite; the rest says nothing
     */
    public record Errors(
            int boxes, double medianMps, double rmsMps, int saidRightly, int saidWrongly) {}

    /**
     * Judges tracks.
     *
     * @param truth with identities, in the sensor's frame
     * @param firstFromSweep true poses of the sensor by sweep
     * @param tracks at the same sensor's sweeps
     * @param group to judge; null: all
     * @param distanceM most distance of centres
     */
    public static MotionScores of(
            List<LabelledBox> truth,
            Map<Long, RigidTransform> firstFromSweep,
            List<MovingBox> tracks,
            EvaluationRegion region,
            @Nullable ClassGroup group,
            double distanceM) {
        Map<Long, Long> stamps = new HashMap<>();
        tracks.forEach(t -> stamps.put(t.box().sweep(), t.stampNanos()));
        TrueVelocities velocities = new TrueVelocities(truth, firstFromSweep, stamps);
        MotionTally tally = new MotionTally();
        TreeMap<Long, List<MovingBox>> bySweep = new TreeMap<>();
        for (MovingBox t : tracks) {
            if (isOf(group, ClassGroup.of(t.box().objectClass()))) {
                bySweep.computeIfAbsent(t.box().sweep(), s -> new ArrayList<>()).add(t);
            }
        }
        Map<Long, List<LabelledBox>> labels = new HashMap<>();
        for (LabelledBox b : truth) {
            if (isOf(group, ClassGroup.of(b.objectClass()))) {
                labels.computeIfAbsent(b.sweep(), s -> new ArrayList<>()).add(b);
            }
        }
        bySweep.forEach(
                (sweep, seen) -> {
                    List<LabelledBox> there = labels.getOrDefault(sweep, List.of());
                    int[] pair =
                            Assignment.solve(
                                    costs(seen, there, distanceM), there.size(), ALONE_COST);
                    for (int i = 0; i < pair.length; i++) {
                        if (pair[i] >= 0 && region.keeps(there.get(pair[i]))) {
                            tally.add(seen.get(i), velocities.of(there.get(pair[i])));
                        }
                    }
                });
        return tally.scores();
    }

    private static boolean isOf(@Nullable ClassGroup wanted, @Nullable ClassGroup group) {
        return group != null && (wanted == null || wanted == group);
    }

    private static double[][] costs(
            List<MovingBox> tracks, List<LabelledBox> truth, double distanceM) {
        double[][] out = new double[tracks.size()][truth.size()];
        for (int i = 0; i < tracks.size(); i++) {
            for (int j = 0; j < truth.size(); j++) {
                var a = tracks.get(i).box();
                var b = truth.get(j);
                double metres = Math.hypot(a.box().x() - b.box().x(), a.box().y() - b.box().y());
                boolean alike = ClassGroup.of(a.objectClass()) == ClassGroup.of(b.objectClass());
                out[i][j] = alike && metres <= distanceM ? metres : Double.POSITIVE_INFINITY;
            }
        }
        return out;
    }
}
