package io.azimuth.registration.ume;

import java.util.Arrays;

/**
 * Shares of line, plane and scatter around each point within 0.9 m and within 2 m: six weights that
 * no rigid motion changes, thinned where points stand densely.
 */
final class SpatialFeatures {
    static final int CHANNELS = 6;

    private static final double[] RADII_M = {0.9, 2.0};
    private static final int MIN_NEIGHBOURS = 4;

    /** Planes are everywhere and tell little: they count for a third. */
    private static final double PLANE_WEIGHT = 0.3;

    /** Six a point; zeros where too few neighbours lie near. */
    final float[] weights;

    /** Unit normals by the larger radius, 3 a point; zeros where there is none. */
    final float[] normals;

    final float[] planarity;

    SpatialFeatures(double[] x, double[] y, double[] z, int size, double maxRangeM) {
        weights = new float[CHANNELS * size];
        normals = new float[3 * size];
        planarity = new float[size];
        boolean[] all = new boolean[size];
        Arrays.fill(all, true);
        PlanarGrid grid = new PlanarGrid(x, y, all, size, 1, maxRangeM);
        Covariance3 spread = new Covariance3();
        for (int i = 0; i < size; i++) {
            int dense = 0;
            for (int scale = 0; scale < RADII_M.length; scale++) {
                SurfaceFeatures.gather(grid, spread, x, y, z, i, RADII_M[scale]);
                dense = scale == 0 ? spread.count() : dense;
                if (spread.count() > MIN_NEIGHBOURS) {
                    spread.decompose();
                    describe(spread, i, scale, 1 / Math.sqrt(dense));
                }
            }
        }
    }

    private void describe(Covariance3 spread, int i, int scale, double equaliser) {
        double[] values = spread.variances();
        double l1 = Math.max(values[2], 1e-9);
        double l2 = Math.max(values[1], 0);
        double l3 = Math.max(values[0], 0);
        double line = (l1 - l2) / l1;
        double plane = (l2 - l3) / l1;
        double scatter = Math.min(1, 3 * l3 / l1);
        double unit = equaliser / (line + plane + scatter);
        int o = CHANNELS * i + 3 * scale;
        weights[o] = (float) (unit * line);
        weights[o + 1] = (float) (PLANE_WEIGHT * unit * plane);
        weights[o + 2] = (float) (unit * scatter);
        planarity[i] = (float) plane;
        for (int k = 0; k < 3; k++) {
            normals[3 * i + k] = (float) spread.axes()[k];
        }
    }
}
