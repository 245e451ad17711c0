package io.azimuth.perception.evaluation.nuscenes;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Precision, score and errors at recalls 0, 0.01, .. 1: first resampled over recall, then the
 * running means of the errors over the score that is reached there (nuScenes' {@code accumulate},
 * {@code calc_ap} and {@code calc_tp}).
 */
final class NuScenesCurve {
    private static final int POINTS = 101;
    private static final int FIRST = 11; // recalls up to 0.1 do not count
    private static final double MIN_PRECISION = 0.1;

    private final double[] precision = new double[POINTS];
    private final double[] score = new double[POINTS]; // falls with recall; 0 where not reached
    private final NuScenesMatching matching;
    private final boolean empty;

    NuScenesCurve(NuScenesMatching matching) {
        this.matching = matching;
        empty = matching.hits() == 0;
        if (empty) {
            return;
        }
        int n = matching.size();
        double[] recalls = new double[n];
        double[] precisions = new double[n];
        double[] scores = new double[n];
        int hits = 0;
        for (int i = 0; i < n; i++) {
            hits += matching.hit(i) ? 1 : 0;
            recalls[i] = hits / (double) matching.wanted();
            precisions[i] = hits / (double) (i + 1);
            scores[i] = matching.score(i);
        }
        for (int k = 0; k < POINTS; k++) {
            double recall = k == POINTS - 1 ? 1 : k * 0.01;
            precision[k] = Interpolation.at(recall, recalls, precisions, 0);
            score[k] = Interpolation.at(recall, recalls, scores, 0);
        }
    }

    /** Mean precision above 0.1 over recalls above 0.1, scaled to [0, 1]. */
    double averagePrecision() {
        double sum = 0;
        for (int k = FIRST; k < POINTS; k++) {
            sum += Math.max(0, precision[k] - MIN_PRECISION);
        }
        return Math.min(1, sum / (POINTS - FIRST) / (1 - MIN_PRECISION)); // the sum rounds to above
    }

    double translationM() {
        return overRecall(matching::translationM);
    }

    double scale() {
        return overRecall(matching::scale);
    }

    double yawRad() {
        return overRecall(matching::yawRad);
    }

    double velocityMps() {
        return overRecall(matching::velocityMps);
    }

    /** Mean over the recalls from 0.11 to the best of an error's running mean; 1 if none. */
    private double overRecall(IntToDoubleFunction error) {
        int last = POINTS - 1;
        while (last > 0 && !(score[last] > 0)) {
            last--;
        }
        if (empty || last < FIRST) {
            return 1;
        }
        int n = matching.hits();
        double[] scores = new double[n]; // rising, as the interpolation wants it
        double[] means = new double[n];
        double sum = 0;
        int known = 0;
        int at = n;
        for (int i = 0; i < matching.size(); i++) {
            if (!matching.hit(i)) {
                continue;
            }
            double e = error.applyAsDouble(i);
            sum += Double.isNaN(e) ? 0 : e;
            known += Double.isNaN(e) ? 0 : 1;
            scores[--at] = matching.score(i);
            means[at] = known == 0 ? 0 : sum / known;
        }
        if (known == 0) {
            Arrays.fill(means, 1);
        }
        double total = 0;
        for (int k = FIRST; k <= last; k++) {
            total += Interpolation.at(score[k], scores, means, means[n - 1]);
        }
        return total / (last + 1 - FIRST);
    }
}
