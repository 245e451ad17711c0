package io.azimuth.registration.ume;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Descriptors of a scan's key points. With {@code m} and {@code u} scaled to total mass 1 and
 * {@code v_k = sqrt(|u_k|) e^{j arg u_k}}, a key point is described by {@code a = 0.7 sqrt(m)} and
 * the Hermitian matrix {@code v v^H / |v|^2}, neither of which yaw changes. That matrix (3 660
 * numbers) is never built: the inner product of two of them is {@code |v^H v'|^2}, so the exact
 * squared distance {@code |a - a'|^2 + 2 - 2 |v^H v'|^2} costs 60 complex products.
 */
final class UmeDescriptors {
    private static final int K = UmeMoments.COUNT;
    private static final double MASS_WEIGHT = 0.7;
    private static final int MIN_POINTS = 30;
    private static final int MIN_CELL_POINTS = 2;
    private static final double GRID_M = 2.5;

    /** Number of key points. */
    final int size;

    /** Key points in the plane of the level frame, metres. */
    final double[] x;

    final double[] y;

    /** First moments, complex, {@code [keyPoint][k]}, mass-scaled: the yaw of a match. */
    final float[] momentRe;

    final float[] momentIm;

    // [k][keyPoint]: the inner loop of matching runs over key points
    private final float[] a;
    private final float[] vRe;
    private final float[] vIm;

    /** Key points on a raster of {@code cellM}, at most {@code limit} of them, chosen by seed. */
    static UmeDescriptors of(UmeScan scan, double cellM, int limit, long seed) {
        KeyPoints keys = KeyPoints.of(scan, cellM, MIN_CELL_POINTS);
        return new UmeDescriptors(scan, keys, shuffled(keys.size(), seed), limit);
    }

    private UmeDescriptors(UmeScan scan, KeyPoints keys, int[] order, int limit) {
        PlanarGrid grid =
                new PlanarGrid(
                        scan.x, scan.y, scan.standing, scan.size, GRID_M, scan.config.maxRangeM());
        int capacity = Math.min(limit, keys.size());
        double[] px = new double[capacity];
        double[] py = new double[capacity];
        momentRe = new float[capacity * K];
        momentIm = new float[capacity * K];
        float[] rows = new float[3 * K * capacity];
        UmeMoments moments = new UmeMoments();
        int n = 0;
        for (int o = 0; o < order.length && n < capacity; o++) {
            int key = order[o];
            gather(scan, grid, moments, keys.x()[key], keys.y()[key]);
            if (moments.points >= MIN_POINTS && embed(moments, n, rows)) {
                px[n] = keys.x()[key];
                py[n++] = keys.y()[key];
            }
        }
        size = n;
        x = Arrays.copyOf(px, n);
        y = Arrays.copyOf(py, n);
        a = new float[K * n];
        vRe = new float[K * n];
        vIm = new float[K * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < K; k++) {
                a[k * n + i] = rows[3 * (i * K + k)];
                vRe[k * n + i] = rows[3 * (i * K + k) + 1];
                vIm[k * n + i] = rows[3 * (i * K + k) + 2];
            }
        }
    }

    private static void gather(
            UmeScan scan, PlanarGrid grid, UmeMoments moments, double px, double py) {
        moments.clear();
        int left = grid.row(px - UmeMoments.RADIUS_M);
        int right = grid.row(px + UmeMoments.RADIUS_M);
        int last = grid.row(py + UmeMoments.RADIUS_M);
        for (int row = grid.row(py - UmeMoments.RADIUS_M); row <= last; row++) {
            int end = grid.to(row, right);
            for (int k = grid.from(row, left); k < end; k++) {
                int i = grid.order[k];
                moments.add(scan.channels, i, scan.x[i] - px, scan.y[i] - py);
            }
        }
    }

    /** Writes a, Re v, Im v of a key point; false if its moments are all zero. */
    private boolean embed(UmeMoments moments, int n, float[] rows) {
        double total = 0;
        for (int k = 0; k < K; k++) {
            total += moments.mass[k];
        }
        double norm = 0; // |v|^2 = sum |u|
        for (int k = 0; k < K; k++) {
            norm += Math.sqrt(sq(moments.re[k]) + sq(moments.im[k]));
        }
        if (!(total > 0) || !(norm > 1e-9 * total)) {
            return false;
        }
        for (int k = 0; k < K; k++) {
            double length = Math.sqrt(sq(moments.re[k]) + sq(moments.im[k]));
            double scale = length > 0 ? 1 / Math.sqrt(length * norm) : 0;
            int o = 3 * (n * K + k);
            rows[o] = (float) (MASS_WEIGHT * Math.sqrt(moments.mass[k] / total));
            rows[o + 1] = (float) (moments.re[k] * scale);
            rows[o + 2] = (float) (moments.im[k] * scale);
            momentRe[n * K + k] = (float) (moments.re[k] / total);
            momentIm[n * K + k] = (float) (moments.im[k] / total);
        }
        return true;
    }

    /**
     * Squared distances of key point {@code i} of {@code source} to all of these.
     *
     * @param work at least {@code 3 * size} floats; the distances are in the first {@code size}
     */
    void distances(UmeDescriptors source, int i, float[] work) {
        int n = size;
        Arrays.fill(work, 0, 3 * n, 0);
        for (int k = 0; k < K; k++) {
            addRow(
                    work,
                    n,
                    k * n,
                    source.at(source.a, k, i),
                    source.at(source.vRe, k, i),
                    source.at(source.vIm, k, i));
        }
        for (int j = 0; j < n; j++) {
            float re = work[n + j];
            float im = work[2 * n + j];
            work[j] += 2 - 2 * (re * re + im * im);
        }
    }

    private void addRow(float[] work, int n, int row, float sa, float sRe, float sIm) {
        for (int j = 0; j < n; j++) {
            float d = a[row + j] - sa;
            work[j] += d * d;
        }
        if (sRe == 0 && sIm == 0) {
            return;
        }
        for (int j = 0; j < n; j++) {
            work[n + j] += sRe * vRe[row + j] + sIm * vIm[row + j];
        }
        for (int j = 0; j < n; j++) {
            work[2 * n + j] += sRe * vIm[row + j] - sIm * vRe[row + j];
        }
    }

    private float at(float[] rows, int k, int i) {
        return rows[k * size + i];
    }

    private static int[] shuffled(int n, long seed) {
        int[] order = new int[n];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static double sq(double v) {
        return v * v;
    }
}
