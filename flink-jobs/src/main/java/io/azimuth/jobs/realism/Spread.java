package io.azimuth.jobs.realism;

import java.util.Arrays;

/** Collected numbers and their order statistics; NaN where nothing was collected. */
final class Spread {
    private double[] values = new double[64];
    private int size;
    private boolean sorted = true;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
        sorted = false;
    }

    int count() {
        return size;
    }

    double mean() {
        double sum = 0;
        sort();
        for (int i = 0; i < size; i++) {
            sum += values[i];
        }
        return sum / size;
    }

    double median() {
        return at(0.5);
    }

    /** The quantile of a share in [0, 1], between two values by their distance. */
    double at(double share) {
        if (size == 0) {
            return Double.NaN;
        }
        sort();
        double place = share * (size - 1);
        int low = (int) place;
        int high = Math.min(low + 1, size - 1);
        return values[low] + (place - low) * (values[high] - values[low]);
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
    }
}
