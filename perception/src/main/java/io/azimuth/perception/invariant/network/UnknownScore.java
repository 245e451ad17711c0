package io.azimuth.perception.invariant.network;

import io.azimuth.perception.invariant.Encoding;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How unlike everything taught a crop is: the energy of its logits against the bundle's threshold
 * or, of a bundle that has none, the Mahalanobis distance of its embedding's first 64 numbers to
 * the nearest class. Above 0 for what should count as unknown, at most 0 for 19 of 20 known crops.
 * Energy first: it told indoor objects from road users with an AUROC of .91, the distance with .65.
 * Thread-safe.
 *
 * <p>Source: Lee et al., "A Simple Unified Framework for Detecting Out-of-Distribution Samples"
 * (NeurIPS 2018); Liu et al., "Energy-based Out-of-distribution Detection" (NeurIPS 2020).
 */
public final class UnknownScore implements ToDoubleFunction<Encoding> {
    private static final int PREFIX = 64;

    private final double @Nullable [][] means;
    private final double @Nullable [][] precision;
    private final double distanceThreshold;
    private final double energyThreshold;

    private UnknownScore(
            double @Nullable [][] means,
            double @Nullable [][] precision,
            double distanceThreshold,
            double energyThreshold) {
        this.means = means;
        this.precision = precision;
        this.distanceThreshold = distanceThreshold;
        this.energyThreshold = energyThreshold;
    }

    static UnknownScore of(EncoderFields fields, int classes, int dimensions) {
        if (fields.has("energyThreshold")) {
            double energy = fields.numbers("energyThreshold", dimensions)[dimensions - 1];
            return new UnknownScore(null, null, Double.NaN, energy);
        }
        if (!fields.has("classMeans")) {
            return new UnknownScore(null, null, Double.NaN, Double.POSITIVE_INFINITY);
        }
        double threshold = fields.number("distanceThreshold");
        if (!(threshold > 0)) {
            throw fields.wrong("distanceThreshold", threshold, "above 0");
        }
        return new UnknownScore(
                fields.rows("classMeans", classes, PREFIX),
                fields.rows("precision", PREFIX, PREFIX),
                threshold,
                Double.NaN);
    }

    /** {@inheritDoc} */
    @Override
    public double applyAsDouble(Encoding encoding) {
        if (means == null || precision == null) {
            double excess = energy(encoding) - energyThreshold;
            return Double.isFinite(excess) ? excess : -1; // a bundle without a threshold knows all
        }
        double distance = distance(encoding, means, precision);
        return StrictMath.log(Math.max(distance, Double.MIN_NORMAL) / distanceThreshold);
    }

    /** Minus the logarithm of the sum of exponentials of the calibrated logits. */
    public static double energy(Encoding encoding) {
        double top = Double.NEGATIVE_INFINITY;
        for (float logit : encoding.logits()) {
            top = Math.max(top, logit);
        }
        double sum = 0;
        for (float logit : encoding.logits()) {
            sum += StrictMath.exp(logit - top);
        }
        return -top - StrictMath.log(sum);
    }

    /** Squared Mahalanobis distance to the nearest class mean. */
    private static double distance(Encoding encoding, double[][] means, double[][] precision) {
        float[] z = encoding.prefix(PREFIX);
        double[] apart = new double[PREFIX];
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] mean : means) {
            for (int i = 0; i < PREFIX; i++) {
                apart[i] = z[i] - mean[i];
            }
            double sum = 0;
            for (int i = 0; i < PREFIX; i++) {
                double row = 0;
                for (int j = 0; j < PREFIX; j++) {
                    row += precision[i][j] * apart[j];
                }
                sum += row * apart[i];
            }
            nearest = Math.min(nearest, sum);
        }
        return nearest;
    }
}
