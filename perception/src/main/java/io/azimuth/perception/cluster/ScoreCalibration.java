package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.ObjectClass;

/**
 * Turns a raw score into the share of boxes of that score that are right, one logistic of the raw
 * score's logit for each class group. The constants are the maximum likelihood fit (weak prior) on
 * the simulated towns of seeds 1 to 6 (no recording was used), printed, already composed with those
 * in force, by {@code io.azimuth.perception.cluster.ScoreStudy 1 6} of the test sources; {@code
 * ScoreStudy 41 44} shows how they hold on towns that were not fitted.
 *
 * <p>Source: Platt, "Probabilistic outputs for support vector machines" (1999); differs: the logit
 * of a score in (0, 1) instead of a margin, so that slope 1 and offset 0 leave the score alone.
 */
final class ScoreCalibration {
    private ScoreCalibration() {}

    /** Rising in {@code raw}, which lies in (0, 1). */
    static double probability(double raw, ObjectClass c) {
        double s = Math.max(0.01, Math.min(0.99, raw));
        double logit = Math.log(s / (1 - s));
        return 1 / (1 + Math.exp(-slope(c) * logit - offset(c)));
    }

    static double slope(ObjectClass c) {
        return switch (c) {
            case PEDESTRIAN -> 1.43;
            case CYCLIST -> 1.53;
            default -> 1.58;
        };
    }

    static double offset(ObjectClass c) {
        return switch (c) {
            case PEDESTRIAN -> 0.11;
            case CYCLIST -> 1.28;
            default -> 0.60;
        };
    }
}
