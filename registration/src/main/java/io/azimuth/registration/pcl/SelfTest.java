package io.azimuth.registration.pcl;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** A few calls whose results are known, so that a library that loads but does not work is found. */
final class SelfTest {
    private static final int SIDE = 6;
    private static final int POINTS = 32;

    private SelfTest() {}

    /** What is wrong, or an empty text. */
    static String run() {
        FloatBuffer grid = Scratch.direct(3L * POINTS).asFloatBuffer();
        for (int i = 0; i < POINTS; i++) {
            grid.put(3 * i, i % SIDE).put(3 * i + 1, i / SIDE).put(3 * i + 2, 2);
        }
        long cloud = AzPclNative.cloudOf(grid, POINTS);
        try {
            IntBuffer indices = Scratch.direct(POINTS).asIntBuffer();
            FloatBuffer squared = Scratch.direct(POINTS).asFloatBuffer();
            int each = AzPclNative.knn(cloud, grid, 1, 2, indices, squared, POINTS);
            if (each != 2 || indices.get(0) != 0 || squared.get(0) != 0 || squared.get(1) != 1) {
                return "nearest neighbours of the first of %d points: %d, nearest %d at %s m^2, next at %s m^2"
                        .formatted(POINTS, each, indices.get(0), squared.get(0), squared.get(1));
            }
            double[] plane = new double[4];
            int inliers = AzPclNative.plane(cloud, 0.1, 100, plane, indices, POINTS);
            if (inliers != POINTS
                    || Math.abs(plane[2] - 1) > 1e-5
                    || Math.abs(plane[3] + 2) > 1e-4) {
                return "plane z = 2 found as %s x + %s y + %s z + %s with %d of %d points"
                        .formatted(plane[0], plane[1], plane[2], plane[3], inliers, POINTS);
            }
            return "";
        } finally {
            AzPclNative.closeCloud(cloud);
        }
    }
}
