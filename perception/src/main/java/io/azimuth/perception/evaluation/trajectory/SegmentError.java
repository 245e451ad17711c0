package io.azimuth.perception.evaluation.trajectory;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * KITTI's odometry error: motion errors over segments of fixed path lengths, averaged over all
 * segments. Source: Geiger, Lenz, Urtasun, "Are we ready for autonomous driving?" (CVPR 2012) and
 * the benchmark's devkit. Immutable, thread-safe.
 *
 * @param segments that fit; if 0 the errors are NaN
 * @param translationPercent of the segment's length
 */
public record SegmentError(int segments, double translationPercent, double rotationDegPer100m) {
    /** Below this path length KITTI's segments say nothing. */
    public static final double SHORT_PATH_M = 200;

    /** The benchmark starts segments at every tenth pose. */
    public static final int BENCHMARK_STRIDE = 10;

    private static final double[] SHORT_M = {10, 20, 50};
    private static final double[] KITTI_M = {100, 200, 300, 400, 500, 600, 700, 800};

    /** 10, 20 and 50 m for paths below 200 m, else KITTI's 100, 200, ... 800 m. */
    public static double[] usualLengthsM(double pathM) {
        return pathM < SHORT_PATH_M ? SHORT_M.clone() : KITTI_M.clone();
    }

    /**
     * Scores segments that end at the first pose by which the truth's path since the segment's
     * begin is at least the length.
     *
     * @param lengthsM path lengths
     * @param stride a segment begins at every so many poses, 1 or more
     */
    public static SegmentError of(PosePairs pairs, double[] lengthsM, int stride) {
        if (stride < 1) {
            throw new IllegalArgumentException(
                    "segments begin at every " + stride + "th pose, expected 1 or more");
        }
        double[] walked = pairs.walkedM();
        int count = 0;
        double percent = 0;
        double degrees = 0;
        for (double length : lengthsM) {
            int last = 0;
            for (int first = 0; first < walked.length; first += stride) {
                while (last < walked.length && walked[last] < walked[first] + length) {
                    last++;
                }
                if (last == walked.length) {
                    break;
                }
                RigidTransform error = pairs.motionError(first, last);
                percent += 100 * error.translationNorm() / length;
                degrees += 100 * Math.toDegrees(error.angleRad()) / length;
                count++;
            }
        }
        // 0 / 0 is NaN
        return new SegmentError(count, percent / count, degrees / count);
    }
}
