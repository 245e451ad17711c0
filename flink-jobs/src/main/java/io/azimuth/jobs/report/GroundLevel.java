package io.azimuth.jobs.report;

import io.azimuth.perception.geometry.PointCloud;

/** Roughly where the ground lies under a sensor; good enough to colour points by height. */
final class GroundLevel {
    private static final int BINS = 400;
    private static final double BIN_M = 0.05;
    private static final double LOWEST_M = -10;
    private static final double NEAR_M = 4;
    private static final double FAR_M = 25;

    private GroundLevel() {}

    /** The most frequent z between 4 and 25 m around; -1.7 m if there is no point. */
    static double below(PointCloud cloud) {
        int[] count = new int[BINS];
        for (int i = 0; i < cloud.size(); i++) {
            double r = Math.hypot(cloud.x()[i], cloud.y()[i]);
            double bin = (cloud.z()[i] - LOWEST_M) / BIN_M;
            if (r >= NEAR_M && r <= FAR_M && bin >= 0 && bin < BINS) {
                count[(int) bin]++;
            }
        }
        int best = 0;
        for (int i = 1; i < BINS; i++) {
            best = count[i] > count[best] ? i : best;
        }
        return count[best] == 0 ? -1.7 : LOWEST_M + (best + 0.5) * BIN_M;
    }
}
