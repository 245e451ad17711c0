package io.azimuth.registration.ume;

/**
 * What each voxel's surroundings look like: shares of five classes by principal components of the
 * points within 0.9 m. All of it is unchanged by a turn about the vertical and by any shift.
 */
final class SurfaceFeatures {
    static final int CLASSES = 5;
    static final int VERTICAL_PLANE = 0;
    static final int HORIZONTAL_PLANE = 1;
    static final int VERTICAL_LINE = 2;
    static final int OTHER_LINE = 3;
    static final int SCATTER = 4;

    private static final double RADIUS_M = 0.9;
    private static final int MIN_NEIGHBOURS = 3;

    /** Shares, 5 a point, summing to 1; all zero where too few neighbours lie near. */
    final float[] classes;

    /** Unit normals, 3 a point. */
    final float[] normals;

    final float[] planarity;
    final int[] neighbours;

    SurfaceFeatures(double[] x, double[] y, double[] z, int size, double maxRangeM) {
        classes = new float[CLASSES * size];
        normals = new float[3 * size];
        planarity = new float[size];
        neighbours = new int[size];
        boolean[] all = new boolean[size];
        java.util.Arrays.fill(all, true);
        PlanarGrid grid = new PlanarGrid(x, y, all, size, RADIUS_M, maxRangeM);
        Covariance3 spread = new Covariance3();
        for (int i = 0; i < size; i++) {
            gather(grid, spread, x, y, z, i, RADIUS_M);
            neighbours[i] = spread.count() - 1;
            if (neighbours[i] >= MIN_NEIGHBOURS) {
                spread.decompose();
                describe(spread, i);
            }
        }
    }

    /** Collects point i and, in the grid's order, all within a radius of it. */
    static void gather(
            PlanarGrid grid,
            Covariance3 spread,
            double[] x,
            double[] y,
            double[] z,
            int i,
            double radiusM) {
        spread.clear();
        spread.add(x[i], y[i], z[i]);
        int left = grid.row(x[i] - radiusM);
        int right = grid.row(x[i] + radiusM);
        int last = grid.row(y[i] + radiusM);
        for (int row = grid.row(y[i] - radiusM); row <= last; row++) {
            int end = grid.to(row, right);
            for (int k = grid.from(row, left); k < end; k++) {
                int j = grid.order[k];
                double dx = x[j] - x[i];
                double dy = y[j] - y[i];
                double dz = z[j] - z[i];
                if (j != i && dx * dx + dy * dy + dz * dz < radiusM * radiusM) {
                    spread.add(x[j], y[j], z[j]);
                }
            }
        }
    }

    private void describe(Covariance3 spread, int i) {
        double[] values = spread.variances();
        double l1 = Math.max(values[2], 1e-9);
        double l2 = Math.max(values[1], 0);
        double l3 = Math.max(values[0], 0);
        double lin = (l1 - l2) / l1;
        double pla = (l2 - l3) / l1;
        double sca = Math.min(1, 3 * l3 / l1);
        double[] axes = spread.axes();
        double nz = Math.abs(axes[2]);
        double dz2 = axes[8] * axes[8];
        double vp = pla * (1 - nz) * (1 - nz);
        double hp = pla * nz * nz;
        double sum = vp + hp + lin + sca;
        int o = CLASSES * i;
        classes[o] = (float) (vp / sum);
        classes[o + 1] = (float) (hp / sum);
        classes[o + 2] = (float) (lin * dz2 / sum);
        classes[o + 3] = (float) (lin * (1 - dz2) / sum);
        classes[o + 4] = (float) (sca / sum);
        planarity[i] = (float) pla;
        for (int k = 0; k < 3; k++) {
            normals[3 * i + k] = (float) axes[k];
        }
    }

    /** The class with the largest share at a point; the first of equals. */
    int strongest(int i) {
        int best = 0;
        for (int c = 1; c < CLASSES; c++) {
            if (classes[CLASSES * i + c] > classes[CLASSES * i + best]) {
                best = c;
            }
        }
        return best;
    }
}
