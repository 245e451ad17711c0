package io.azimuth.connectors.wire;

import io.azimuth.perception.geometry.PointCloud;

/** Numbers of single points for {@code XYZ_I16} and {@code XYZ_F32}. */
final class CartesianColumns {
    static final double INTENSITY_STEP = 1.0 / 255;

    /** Finest time step of {@code XYZ_I16}, nanoseconds: 0.3 mm at 30 m/s. */
    private static final long TIME_STEP_NANOS = 10_000;

    static final float[] INTENSITY = new float[256];

    static {
        for (int i = 0; i < INTENSITY.length; i++) {
            INTENSITY[i] = (float) (i * INTENSITY_STEP);
        }
    }

    private CartesianColumns() {}

    static int intensityCode(float intensity) {
        return intensity > 0 ? (int) Math.rint(Math.min(intensity, 1) * 255.0) : 0;
    }

    /** Indices of the points with finite coordinates, in order; returns how many. */
    static int finite(PointCloud p, int[] kept) {
        int n = 0;
        for (int i = 0; i < p.size(); i++) {
            float sum = p.x()[i] * 0 + p.y()[i] * 0 + p.z()[i] * 0; // NaN if one is not finite
            if (sum == 0) {
                kept[n++] = i;
            }
        }
        return n;
    }

    /** Smallest whole number of millimetres that lets every coordinate fit 16 bits; at least 1. */
    static long stepMillimetres(PointCloud p, int[] kept, int n) {
        float largest = 0;
        for (int k = 0; k < n; k++) {
            int i = kept[k];
            float xy = Math.max(Math.abs(p.x()[i]), Math.abs(p.y()[i]));
            largest = Math.max(largest, Math.max(xy, Math.abs(p.z()[i])));
        }
        return Math.max(1, (long) Math.ceil(largest * 1000.0 / Short.MAX_VALUE));
    }

    static void steps(float[] v, int[] kept, int n, double step, int[] out) {
        double perStep = 1 / step;
        for (int k = 0; k < n; k++) {
            out[k] = (int) Math.rint(v[kept[k]] * perStep);
        }
    }

    static void bits(float[] v, int[] kept, int n, int[] out) {
        for (int k = 0; k < n; k++) {
            out[k] = Float.floatToRawIntBits(v[kept[k]]);
        }
    }

    static void intensities(PointCloud p, int[] kept, int n, int[] out) {
        float[] v = p.intensity();
        for (int k = 0; k < n; k++) {
            out[k] = intensityCode(v[kept[k]]);
        }
    }

    /** Rings into {@code out}; returns the highest. */
    static int rings(PointCloud p, int[] kept, int n, int[] out) {
        int highest = 0;
        for (int k = 0; k < n; k++) {
            out[k] = p.ringOf(kept[k]);
            highest = Math.max(highest, out[k]);
        }
        return highest;
    }

    static int earliest(PointCloud p, int[] kept, int n) {
        int earliest = n == 0 ? 0 : Integer.MAX_VALUE;
        for (int k = 0; k < n; k++) {
            earliest = Math.min(earliest, p.timeOffsetNanos()[kept[k]]);
        }
        return earliest;
    }

    /** Times relative to {@code earliest} in steps that fit 16 bits; returns the step. */
    static long timeSteps(PointCloud p, int[] kept, int n, int earliest, int[] out) {
        long longest = 0;
        for (int k = 0; k < n; k++) {
            longest = Math.max(longest, (long) p.timeOffsetNanos()[kept[k]] - earliest);
        }
        long step = Math.max(TIME_STEP_NANOS, (longest + 65534) / 65535);
        for (int k = 0; k < n; k++) {
            long t = (long) p.timeOffsetNanos()[kept[k]] - earliest;
            out[k] = (int) Math.min(65535, (t + step / 2) / step);
        }
        return step;
    }

    /** Closes the gaps that points without finite coordinates leave; returns how many stay. */
    static int dropNonFinite(PointCloud p) {
        int n = 0;
        for (int i = 0; i < p.size(); i++) {
            float sum = p.x()[i] * 0 + p.y()[i] * 0 + p.z()[i] * 0;
            if (sum != 0) {
                continue;
            }
            if (n != i) {
                p.x()[n] = p.x()[i];
                p.y()[n] = p.y()[i];
                p.z()[n] = p.z()[i];
                p.intensity()[n] = p.intensity()[i];
                p.ring()[n] = p.ring()[i];
                p.timeOffsetNanos()[n] = p.timeOffsetNanos()[i];
            }
            n++;
        }
        p.resize(n);
        return n;
    }
}
