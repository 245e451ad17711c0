package io.azimuth.registration.ume;

import java.util.Arrays;

/**
 * Means of the standing points in the cells of a square raster, in the raster's order. A dense
 * raster and not corners or clusters: moments over 10 m change slowly from cell to cell, so key
 * points of two scans need not coincide.
 */
record KeyPoints(double[] x, double[] y, int size) {
    static KeyPoints of(UmeScan scan, double cellM, int minPoints) {
        int half = (int) Math.ceil(scan.config.maxRangeM() / cellM) + 1;
        int side = 2 * half + 1;
        int[] count = new int[side * side];
        double[] sx = new double[side * side];
        double[] sy = new double[side * side];
        for (int i = 0; i < scan.size; i++) {
            if (scan.standing[i]) {
                int cx = clamp((int) Math.floor(scan.x[i] / cellM) + half, side);
                int cy = clamp((int) Math.floor(scan.y[i] / cellM) + half, side);
                int c = cy * side + cx;
                count[c]++;
                sx[c] += scan.x[i];
                sy[c] += scan.y[i];
            }
        }
        int n = 0;
        for (int c = 0; c < side * side; c++) {
            if (count[c] >= minPoints) {
                sx[n] = sx[c] / count[c];
                sy[n++] = sy[c] / count[c];
            }
        }
        return new KeyPoints(Arrays.copyOf(sx, n), Arrays.copyOf(sy, n), n);
    }

    private static int clamp(int i, int side) {
        return Math.max(0, Math.min(side - 1, i));
    }
}
