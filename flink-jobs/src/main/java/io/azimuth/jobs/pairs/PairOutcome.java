package io.azimuth.jobs.pairs;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a source lies in a target's frame, or why nothing is claimed.
 *
 * @param accepted whether the pose may be used
 * @param reason {@code OK}, or why it was refused, in capitals
 * @param targetFromSource the pose; where refused, the best there was, not to be used
 * @param overlap share of the source's points with a target point near, 0 .. 1
 * @param score of the method's own test, NaN if it has none
 * @param margin of that score over the next best place, NaN if the method knows one place only
 * @param fitnessM root mean square distance of what was matched, metres
 * @param inliers matched points
 * @param milliseconds from clouds in memory to the answer
 * @param engine implementation and version
 * @param evidence what else the method's test weighs, by name; empty if it has none
 * @param finalists the poses it chose from; empty if it does not tell
 */
public record PairOutcome(
        boolean accepted,
        String reason,
        RigidTransform targetFromSource,
        double overlap,
        double score,
        double margin,
        double fitnessM,
        int inliers,
        double milliseconds,
        String engine,
        SortedMap<String, Double> evidence,
        List<Finalist> finalists) {
    public PairOutcome {
        finalists = List.copyOf(finalists);
        evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
    }

    /** One that does not tell what it chose from. */
    public PairOutcome(
            boolean accepted,
            String reason,
            RigidTransform targetFromSource,
            double overlap,
            double score,
            double margin,
            double fitnessM,
            int inliers,
            double milliseconds,
            String engine,
            SortedMap<String, Double> evidence) {
        this(
                accepted,
                reason,
                targetFromSource,
                overlap,
                score,
                margin,
                fitnessM,
                inliers,
                milliseconds,
                engine,
                evidence,
                List.of());
    }

    /**
     * A pose that was considered to the end.
     *
     * @param targetFromSource the pose
     * @param evidence what it was judged by
     */
    public record Finalist(RigidTransform targetFromSource, SortedMap<String, Double> evidence) {
        public Finalist {
            evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
        }
    }

    /** The reason of an accepted pose. */
    public static final String OK = "OK";
}
