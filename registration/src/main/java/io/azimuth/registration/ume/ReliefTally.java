package io.azimuth.registration.ume;

import java.util.Arrays;

/**
 * How well the shape of two grounds agrees: the mean distance of one's voxels to the other's
 * planes, by squares of the plane. Noise, grass and a sensor's lines vanish in a square's mean;
 * another street whose houses are the same lies on other ground, and a pose that is tilted lifts
 * one side. Reused from pose to pose; not thread-safe.
 */
final class ReliefTally {
    private static final double SQUARE_M = 4;

    /** Ground that meets lies within reach of the other's scan: no two squares share a place. */
    private static final int SIDE = 128;

    private static final int MIN_IN_SQUARE = 3;

    private final double[] sum = new double[SIDE * SIDE];
    private final int[] count = new int[SIDE * SIDE];
    private final double[] means = new double[SIDE * SIDE];

    /** Forgets the pose before. */
    void begin() {
        Arrays.fill(sum, 0);
        Arrays.fill(count, 0);
    }

    /**
     * A ground voxel that has one of the other's ground near.
     *
     * @param offM signed distance to that one's plane
     */
    void met(double px, double py, double offM) {
        int column = (int) Math.floor(px / SQUARE_M) & (SIDE - 1);
        int row = (int) Math.floor(py / SQUARE_M) & (SIDE - 1);
        sum[row * SIDE + column] += offM;
        count[row * SIDE + column]++;
    }

    /** Since {@link #begin}. */
    UmeEvidence.Relief relief() {
        int n = 0;
        for (int c = 0; c < sum.length; c++) {
            if (count[c] >= MIN_IN_SQUARE) {
                means[n++] = Math.abs(sum[c] / count[c]);
            }
        }
        Arrays.sort(means, 0, n);
        return new UmeEvidence.Relief(n, n == 0 ? 0 : means[n / 2]);
    }
}
