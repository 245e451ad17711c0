package io.azimuth.perception.evaluation.trajectory;

import java.util.Arrays;

/**
 * What a list of errors amounts to; all NaN if it is empty. Immutable, thread-safe.
 *
 * @param rms root of the mean square
 * @param median mean of the middle two if their number is even
 */
public record ErrorSummary(int count, double rms, double mean, double median, double max) {

    /** Summarises errors, each at least 0, in any unit. */
    public static ErrorSummary of(double[] errors) {
        int n = errors.length;
        if (n == 0) {
            return new ErrorSummary(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double sum = 0;
        double squares = 0;
        for (double e : errors) {
            sum += e;
            squares += e * e;
        }
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        double median = 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
        return new ErrorSummary(n, Math.sqrt(squares / n), sum / n, median, sorted[n - 1]);
    }
}
