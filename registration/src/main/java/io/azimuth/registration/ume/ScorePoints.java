package io.azimuth.registration.ume;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Structure points of a source with the layer each is scored in; level frame, metres. */
record ScorePoints(double[] x, double[] y, int[] layer, int size) {
    private static final double THIN_M = 1.0;

    /** All structure points. */
    static ScorePoints all(UmeScan scan) {
        double[] x = new double[scan.size];
        double[] y = new double[scan.size];
        int[] layer = new int[scan.size];
        int n = 0;
        for (int i = 0; i < scan.size; i++) {
            if (scan.structure[i]) {
                x[n] = scan.x[i];
                y[n] = scan.y[i];
                layer[n++] = ScoreFields.layer(scan, i);
            }
        }
        return new ScorePoints(x, y, layer, n);
    }

    /** One mean a square metre and layer, at most {@code limit} of them, chosen by seed. */
    static ScorePoints thinned(UmeScan scan, int limit, long seed) {
        ScorePoints all = all(scan);
        int half = (int) Math.ceil(scan.config.maxRangeM() / THIN_M) + 1;
        int side = 2 * half + 1;
        int cells = side * side * ScoreFields.LAYERS;
        int[] count = new int[cells];
        double[] sx = new double[cells];
        double[] sy = new double[cells];
        for (int i = 0; i < all.size; i++) {
            int cx = (int) Math.floor(all.x[i] / THIN_M) + half;
            int cy = (int) Math.floor(all.y[i] / THIN_M) + half;
            int c = (all.layer[i] * side + cy) * side + cx;
            count[c]++;
            sx[c] += all.x[i];
            sy[c] += all.y[i];
        }
        int n = 0;
        int[] layer = new int[all.size];
        for (int c = 0; c < cells; c++) {
            if (count[c] > 0) {
                sx[n] = sx[c] / count[c];
                sy[n] = sy[c] / count[c];
                layer[n++] = c / (side * side);
            }
        }
        ScorePoints means = new ScorePoints(Arrays.copyOf(sx, n), Arrays.copyOf(sy, n), layer, n);
        return means.sample(limit, seed);
    }

    /** A third of the points, evenly taken from their order. */
    ScorePoints everyThird() {
        int n = (size + 2) / 3;
        double[] px = new double[n];
        double[] py = new double[n];
        int[] of = new int[n];
        for (int i = 0; i < n; i++) {
            px[i] = x[3 * i];
            py[i] = y[3 * i];
            of[i] = layer[3 * i];
        }
        return new ScorePoints(px, py, of, n);
    }

    /**
     * Some of the points, in the order they stand in: by layer and row, so that scoring walks
     * through one field after the other and not through all at once.
     */
    private ScorePoints sample(int limit, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int kept = Math.min(limit, size);
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        for (int i = 0; i < kept; i++) {
            int j = i + random.nextInt(size - i);
            int chosen = order[j];
            order[j] = order[i];
            order[i] = chosen;
        }
        Arrays.sort(order, 0, kept);
        double[] px = new double[kept];
        double[] py = new double[kept];
        int[] of = new int[kept];
        for (int i = 0; i < kept; i++) {
            px[i] = x[order[i]];
            py[i] = y[order[i]];
            of[i] = layer[order[i]];
        }
        return new ScorePoints(px, py, of, kept);
    }
}
