package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The embedding of the ball of 6 m around each key point: K = 18 invariant weights (six channels
 * times three soft shells), their masses {@code m_k} and first moments, centred, {@code A_k}. A key
 * point is described by {@code 0.7 sqrt(m)} and the Gram matrix {@code V V^T} with {@code V_k = A_k
 * / sqrt|A_k|}, which no rotation changes; unlike the projector on the column space it tells affine
 * images apart. The Gram matrix is never built: the inner product of two is {@code |V^T V'|^2}.
 */
final class SpatialDescriptors {
    private static final int SHELLS = 3;
    static final int K = SpatialFeatures.CHANNELS * SHELLS;
    private static final double RADIUS_M = 6;
    private static final double[] CENTRES_M = {1.0, 3.0, 5.0};
    private static final double SIGMA_M = 0.9;
    private static final double GRID_M = 2;
    private static final int MIN_POINTS = 30;
    private static final double MASS_WEIGHT = 0.7;

    /** Least ratio of the singular values of A, squared: below it a rotation is not fixed. */
    private static final double MIN_RATIO2 = 0.02 * 0.02;

    /** Number of key points. */
    int size;

    /** Moments about each key point. */
    final UmeMatrix[] moments;

    private final float[] a; // [keyPoint][k]
    private final float[] v; // [keyPoint][k][axis]

    /** Key points are means of cubes of {@code cellM}; at most {@code limit}, chosen by seed. */
    static SpatialDescriptors of(SpatialScan scan, double cellM, int limit) {
        Surfaces s = scan.surfaces;
        PointCloud points = new PointCloud(s.size());
        for (int i = 0; i < s.size(); i++) {
            points.add((float) s.x()[i], (float) s.y()[i], (float) s.z()[i], 0);
        }
        VoxelMeans keys = VoxelMeans.of(points, cellM, 0, 2 * scan.config.maxRangeM());
        return new SpatialDescriptors(scan, keys, limit);
    }

    private SpatialDescriptors(SpatialScan scan, VoxelMeans keys, int limit) {
        int capacity = Math.min(limit, keys.size());
        moments = new UmeMatrix[capacity];
        a = new float[capacity * K];
        v = new float[3 * capacity * K];
        Surfaces s = scan.surfaces;
        boolean[] all = new boolean[s.size()];
        Arrays.fill(all, true);
        PlanarGrid grid =
                new PlanarGrid(s.x(), s.y(), all, s.size(), GRID_M, scan.config.maxRangeM());
        SplittableRandom random = new SplittableRandom(scan.config.seed());
        int[] order = new int[keys.size()];
        Arrays.setAll(order, i -> i);
        double[] weights = new double[K];
        for (int i = 0; i < order.length && size < capacity; i++) {
            int j = i + random.nextInt(order.length - i);
            int key = order[j];
            order[j] = order[i];
            UmeMatrix m = new UmeMatrix(K, keys.x()[key], keys.y()[key], keys.z()[key]);
            if (gather(scan, grid, m, weights) >= MIN_POINTS && embed(m)) {
                moments[size++] = m;
            }
        }
    }

    private static int gather(SpatialScan scan, PlanarGrid grid, UmeMatrix m, double[] weights) {
        Surfaces s = scan.surfaces;
        int found = 0;
        int left = grid.row(m.centreX - RADIUS_M);
        int right = grid.row(m.centreX + RADIUS_M);
        int last = grid.row(m.centreY + RADIUS_M);
        for (int row = grid.row(m.centreY - RADIUS_M); row <= last; row++) {
            int end = grid.to(row, right);
            for (int k = grid.from(row, left); k < end; k++) {
                int i = grid.order[k];
                double dx = s.x()[i] - m.centreX;
                double dy = s.y()[i] - m.centreY;
                double dz = s.z()[i] - m.centreZ;
                double r2 = dx * dx + dy * dy + dz * dz;
                if (r2 < RADIUS_M * RADIUS_M) {
                    weigh(scan.features.weights, i, Math.sqrt(r2), weights);
                    m.add(s.x()[i], s.y()[i], s.z()[i], weights);
                    found++;
                }
            }
        }
        return found;
    }

    private static void weigh(float[] channels, int i, double r, double[] out) {
        double taper = 1 - r * r / (RADIUS_M * RADIUS_M);
        for (int shell = 0; shell < SHELLS; shell++) {
            double e = (r - CENTRES_M[shell]) / SIGMA_M;
            double w = taper * Math.exp(-0.5 * e * e);
            for (int c = 0; c < SpatialFeatures.CHANNELS; c++) {
                out[SHELLS * c + shell] = w * channels[SpatialFeatures.CHANNELS * i + c];
            }
        }
    }

    /** Writes the descriptor at {@code size}; false if the moments do not fix a rotation. */
    private boolean embed(UmeMatrix m) {
        double total = 0;
        for (int k = 0; k < K; k++) {
            total += m.rows[4 * k];
        }
        double[] centred = m.centred();
        if (!(total > 0) || !fixesRotation(centred)) {
            return false;
        }
        double[] rows = new double[3 * K];
        for (int k = 0; k < K; k++) {
            a[size * K + k] = (float) (MASS_WEIGHT * Math.sqrt(m.rows[4 * k] / total));
            double length = Math.sqrt(sq(centred, k, k));
            for (int i = 0; i < 3; i++) {
                rows[3 * k + i] = length > 0 ? centred[4 * k + 1 + i] / Math.sqrt(length) : 0;
            }
        }
        double scale = 1 / Math.sqrt(Math.sqrt(gramSquared(rows)));
        for (int k = 0; k < 3 * K; k++) {
            v[3 * size * K + k] = (float) (scale * rows[k]);
        }
        return true;
    }

    private static boolean fixesRotation(double[] centred) {
        Covariance3 spread = new Covariance3();
        for (int k = 0; k < K; k++) { // with both signs the mean is zero
            spread.add(centred[4 * k + 1], centred[4 * k + 2], centred[4 * k + 3]);
            spread.add(-centred[4 * k + 1], -centred[4 * k + 2], -centred[4 * k + 3]);
        }
        spread.decompose();
        double[] s = spread.variances();
        return s[0] >= MIN_RATIO2 * s[2] && s[2] > 0;
    }

    private static double sq(double[] rows, int k, int l) {
        return rows[4 * k + 1] * rows[4 * l + 1]
                + rows[4 * k + 2] * rows[4 * l + 2]
                + rows[4 * k + 3] * rows[4 * l + 3];
    }

    private static double gramSquared(double[] rows) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double dot = 0;
                for (int k = 0; k < K; k++) {
                    dot += rows[3 * k + i] * rows[3 * k + j];
                }
                sum += dot * dot;
            }
        }
        return sum;
    }

    /** Squared distances of key point {@code i} of {@code source} to all of these. */
    void distances(SpatialDescriptors source, int i, float[] out) {
        for (int j = 0; j < size; j++) {
            float mass = 0;
            for (int k = 0; k < K; k++) {
                float d = a[j * K + k] - source.a[i * K + k];
                mass += d * d;
            }
            out[j] = mass + 2 - 2 * common(j, source, i);
        }
    }

    private float common(int j, SpatialDescriptors source, int i) {
        int p = 3 * j * K;
        int q = 3 * i * K;
        float xx = 0;
        float xy = 0;
        float xz = 0;
        float yx = 0;
        float yy = 0;
        float yz = 0;
        float zx = 0;
        float zy = 0;
        float zz = 0;
        for (int k = 0; k < K; k++, p += 3, q += 3) {
            float x = v[p];
            float y = v[p + 1];
            float z = v[p + 2];
            float u = source.v[q];
            float w = source.v[q + 1];
            float t = source.v[q + 2];
            xx += x * u;
            xy += x * w;
            xz += x * t;
            yx += y * u;
            yy += y * w;
            yz += y * t;
            zx += z * u;
            zy += z * w;
            zz += z * t;
        }
        return xx * xx + xy * xy + xz * xz + yx * yx + yy * yy + yz * yz + zx * zx + zy * zy
                + zz * zz;
    }
}
