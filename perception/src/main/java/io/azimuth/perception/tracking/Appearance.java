package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.Detection.Recognition;
import org.jspecify.annotations.Nullable;

/**
 * What a track looks like: the exponential mean of the embeddings of its detections, of length 1.
 * Detections without one leave it as it is. Stateless.
 */
final class Appearance {
    /** The prefix of the embeddings that tracks are told apart by. */
    static final int LENGTH = 32;

    /** What the mean so far is worth against a new embedding. */
    private static final double KEEP = 0.8;

    private static final double LEAST_LENGTH = 1e-6;

    private Appearance() {}

    /** The mean after another detection; shares nothing with {@code old}. */
    static double @Nullable [] mean(double @Nullable [] old, Recognition recognition) {
        double[] seen = recognition.prefix(LENGTH);
        if (seen == null || old == null) {
            return seen == null ? old : seen;
        }
        double[] out = new double[LENGTH];
        double sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            out[i] = KEEP * old[i] + (1 - KEEP) * seen[i];
            sum += out[i] * out[i];
        }
        double length = Math.sqrt(sum);
        if (length < LEAST_LENGTH) {
            return seen;
        }
        for (int i = 0; i < LENGTH; i++) {
            out[i] /= length;
        }
        return out;
    }

    /** 1 - cosine, 0 .. 2; NaN if one of them has no embedding. */
    static double distance(double @Nullable [] mean, @Nullable Recognition recognition) {
        double[] seen = recognition == null ? null : recognition.prefix(LENGTH);
        if (mean == null || seen == null) {
            return Double.NaN;
        }
        double dot = 0;
        for (int i = 0; i < LENGTH; i++) {
            dot += mean[i] * seen[i];
        }
        return Math.max(0, 1 - dot);
    }
}
