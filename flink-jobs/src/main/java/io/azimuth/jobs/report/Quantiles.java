package io.azimuth.jobs.report;

import java.util.Arrays;

/** Order statistics of a sample. */
final class Quantiles {
    private final double[] sorted;

    /** Copies and sorts; NaN is left out. */
    Quantiles(double[] values) {
        sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    }

    /** The quantile, linear between neighbours; NaN of an empty sample. */
    double at(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int low = (int) place;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    }

    double median() {
        return at(0.5);
    }
}
