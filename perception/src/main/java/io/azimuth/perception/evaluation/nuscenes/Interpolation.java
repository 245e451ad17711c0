package io.azimuth.perception.evaluation.nuscenes;

/** Piecewise linear interpolation with numpy's rules where sample points coincide. */
final class Interpolation {
    private Interpolation() {}

    /**
     * The value at {@code x}. Of samples at the same place the last one counts; before the first
     * sample its value holds.
     *
     * @param xs not decreasing, at least one
     * @param right value beyond the last sample
     */
    static double at(double x, double[] xs, double[] ys, double right) {
        int n = xs.length;
        if (x > xs[n - 1]) {
            return right;
        }
        int j = last(x, xs);
        if (j < 0) {
            return ys[0];
        }
        if (j == n - 1 || xs[j] == x) {
            return ys[j];
        }
        double slope = (ys[j + 1] - ys[j]) / (xs[j + 1] - xs[j]);
        return slope * (x - xs[j]) + ys[j];
    }

    /** Index of the last sample that is not above {@code x}, or -1. */
    private static int last(double x, double[] xs) {
        int low = 0;
        int high = xs.length;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (xs[mid] <= x) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low - 1;
    }
}
