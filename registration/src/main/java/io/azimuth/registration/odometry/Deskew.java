package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Arrays;

/**
 * Moves each point of a sweep to where it would have been measured at mid-sweep, for a constant
 * twist: {@code p_mid = exp((s - 1/2) xi) p}, with s the fraction of the sweep and xi the motion
 * during one. The exponential is tabulated in {@link #STEPS} steps of the sweep. Buffers are
 * reused: one instance per thread.
 */
final class Deskew {
    private static final int STEPS = 256;

    private final double[] table = new double[12 * (STEPS + 1)];
    private double[] points = new double[0];

    /**
     * Compensates a sweep.
     *
     * @param motion during the sweep (rotation vector, shift), sensor frame; ignored for a sweep
     *     without times
     * @return x, y, z triples in metres; valid until the next call
     */
    double[] apply(ReducedSweep sweep, double[] motion) {
        int n = sweep.size();
        if (points.length < 3 * n) {
            points = new double[3 * Math.max(n, ReducedSweep.MAX_POINTS)];
        }
        tabulate(sweep.timed() ? motion : new double[6]);
        double step = sweep.stepM();
        for (int i = 0; i < n; i++) {
            int o = 12 * (Short.toUnsignedInt(sweep.time()[i]) + 128 >> 8);
            double x = sweep.x()[i] * step;
            double y = sweep.y()[i] * step;
            double z = sweep.z()[i] * step;
            points[3 * i] = table[o] * x + table[o + 1] * y + table[o + 2] * z + table[o + 3];
            points[3 * i + 1] =
                    table[o + 4] * x + table[o + 5] * y + table[o + 6] * z + table[o + 7];
            points[3 * i + 2] =
                    table[o + 8] * x + table[o + 9] * y + table[o + 10] * z + table[o + 11];
        }
        return points;
    }

    private void tabulate(double[] motion) {
        double[] part = new double[6];
        for (int k = 0; k <= STEPS; k++) {
            double s = (double) k / STEPS - 0.5;
            for (int i = 0; i < 6; i++) {
                part[i] = s * motion[i];
            }
            System.arraycopy(RigidTransform.exp(part).toRows(), 0, table, 12 * k, 12);
        }
    }

    /** The motion during one sweep of this duration at a twist per second. */
    static double[] motion(double[] twist, long durationNanos) {
        double[] out = Arrays.copyOf(twist, 6);
        for (int i = 0; i < 6; i++) {
            out[i] *= 1e-9 * durationNanos;
        }
        return out;
    }
}
