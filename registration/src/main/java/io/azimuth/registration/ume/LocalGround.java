package io.azimuth.registration.ume;

import java.util.Arrays;

/**
 * Height of the ground over the plane of the level frame: lowest points of a 3 m raster, filled
 * outward from the sensor so that a roof or a crown does not count as ground, then smoothed.
 */
final class LocalGround {
    private static final double CELL_M = 3;
    private static final double MAX_SLOPE = 0.2;
    private static final double ROUGHNESS_M = 0.15;
    private static final int MIN_POINTS = 2;

    private final int half;
    private final int side;
    private final double[] height;

    /** Cells whose ground was seen and is not carried over from their neighbours. */
    private final boolean[] known;

    LocalGround(double[] x, double[] y, double[] z, int size, double maxRangeM) {
        half = (int) Math.ceil(maxRangeM / CELL_M) + 1;
        side = 2 * half + 1;
        height = new double[side * side];
        known = new boolean[side * side];
        double[] lowest = new double[side * side];
        int[] count = new int[side * side];
        Arrays.fill(lowest, Double.MAX_VALUE);
        for (int i = 0; i < size; i++) {
            int cell = cell(x[i], y[i]);
            count[cell]++;
            lowest[cell] = Math.min(lowest[cell], z[i]);
        }
        fillOutward(lowest, count);
        smooth();
    }

    /** Ground height at a place of the level frame, bilinear between the cells' centres. */
    double at(double x, double y) {
        double u = clamp(x / CELL_M + half);
        double w = clamp(y / CELL_M + half);
        int i = Math.min((int) u, side - 2);
        int j = Math.min((int) w, side - 2);
        double a = u - i;
        double b = w - j;
        int o = j * side + i;
        return (1 - b) * ((1 - a) * height[o] + a * height[o + 1])
                + b * ((1 - a) * height[o + side] + a * height[o + side + 1]);
    }

    /** Whether the ground was seen there. */
    boolean knownAt(double x, double y) {
        return Math.max(Math.abs(x), Math.abs(y)) < half * CELL_M && known[cell(x, y)];
    }

    private double clamp(double v) {
        return Math.max(0, Math.min(side - 1.0, v));
    }

    private int cell(double x, double y) {
        int i = (int) Math.round(clamp(x / CELL_M + half));
        int j = (int) Math.round(clamp(y / CELL_M + half));
        return j * side + i;
    }

    private void fillOutward(double[] lowest, int[] count) {
        boolean[] filled = new boolean[side * side];
        double[] seen = new double[25];
        for (long packed : outward()) {
            int cell = (int) (packed & 0xFFFFFF);
            int n = neighbours(cell, filled, seen, 2);
            double expected = n == 0 ? 0 : median(seen, n);
            boolean trusted =
                    count[cell] >= MIN_POINTS
                            && Math.abs(lowest[cell] - expected) < MAX_SLOPE * CELL_M + ROUGHNESS_M;
            known[cell] = trusted;
            height[cell] = trusted ? lowest[cell] : expected;
            filled[cell] = true;
        }
    }

    /** Cells by distance from the sensor, then by index, packed (squared distance, index). */
    private long[] outward() {
        long[] order = new long[side * side];
        for (int j = 0; j < side; j++) {
            for (int i = 0; i < side; i++) {
                long r2 = (long) (i - half) * (i - half) + (long) (j - half) * (j - half);
                order[j * side + i] = (r2 << 24) | (j * side + i);
            }
        }
        Arrays.sort(order);
        return order;
    }

    private int neighbours(int cell, boolean[] filled, double[] out, int reach) {
        int ci = cell % side;
        int cj = cell / side;
        int n = 0;
        for (int j = Math.max(0, cj - reach); j <= Math.min(side - 1, cj + reach); j++) {
            for (int i = Math.max(0, ci - reach); i <= Math.min(side - 1, ci + reach); i++) {
                if (filled[j * side + i]) {
                    out[n++] = height[j * side + i];
                }
            }
        }
        return n;
    }

    private void smooth() {
        double[] before = height.clone();
        double[] seen = new double[9];
        boolean[] all = new boolean[side * side];
        Arrays.fill(all, true);
        double[] medians = new double[side * side];
        for (int c = 0; c < medians.length; c++) {
            int n = neighbours(c, all, seen, 1);
            medians[c] = median(seen, n);
        }
        System.arraycopy(medians, 0, before, 0, before.length);
        double[] kernel = {
            Math.exp(-4 / (2 * 0.49)),
            Math.exp(-1 / (2 * 0.49)),
            1,
            Math.exp(-1 / (2 * 0.49)),
            Math.exp(-4 / (2 * 0.49))
        };
        blur(before, medians, kernel, 1);
        blur(medians, before, kernel, side);
        System.arraycopy(before, 0, height, 0, height.length);
    }

    private void blur(double[] in, double[] out, double[] kernel, int stride) {
        for (int c = 0; c < in.length; c++) {
            int along = stride == 1 ? c % side : c / side;
            double sum = 0;
            double weight = 0;
            for (int k = -2; k <= 2; k++) {
                if (along + k >= 0 && along + k < side) {
                    sum += kernel[k + 2] * in[c + k * stride];
                    weight += kernel[k + 2];
                }
            }
            out[c] = sum / weight;
        }
    }

    private static double median(double[] values, int n) {
        Arrays.sort(values, 0, n);
        return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
    }
}
