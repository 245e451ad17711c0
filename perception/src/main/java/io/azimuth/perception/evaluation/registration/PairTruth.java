package io.azimuth.perception.evaluation.registration;

import io.azimuth.perception.geometry.RigidTransform;
import org.jspecify.annotations.Nullable;

/**
 * What is known of two scans. Immutable, thread-safe.
 *
 * @param target number of the scan that the source is laid on
 * @param source number of the other scan
 * @param targetFromSource metres; null if the scans have no common place
 * @param overlap share of the scans that both see, in [0, 1]; NaN if unknown
 * @param negative whether the scans are said not to belong together
 */
public record PairTruth(
        long target,
        long source,
        @Nullable RigidTransform targetFromSource,
        double overlap,
        boolean negative) {
    /** Below this overlap nobody can be asked to register. */
    public static final double LEAST_OVERLAP = 0.05;

    public PairTruth {
        if (overlap < 0 || overlap > 1) {
            throw new IllegalArgumentException(
                    "overlap is " + overlap + ", expected 0 .. 1, or NaN if unknown");
        }
        if (targetFromSource == null && !negative) {
            throw new IllegalArgumentException(
                    "pair %d, %d has no transform but is not negative".formatted(target, source));
        }
    }

    /** Whether a refusal is the right answer: a negative, or an overlap below 5 %. */
    public boolean unmatchable() {
        return negative || overlap < LEAST_OVERLAP;
    }
}
