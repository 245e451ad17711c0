package io.azimuth.perception.ground;

import io.azimuth.perception.geometry.PointCloud;

/**
 * Horizontal range and azimuth of every point of a cloud, computed once a sweep and shared by all
 * stages. The arc tangent is an odd polynomial of degree 11 (largest error 1e-5 rad, a two
 * hundredth of a laser's step): fit for binning, not for reported angles. Arrays are reused and
 * valid until the next call. Not thread-safe.
 */
public final class PolarCoordinates {
    /** Nearer than this a return comes from the sensor's own housing. */
    private static final float MIN_RANGE_M = 0.3f;

    /** Beyond this a coordinate is taken for corrupt. */
    private static final float MAX_RANGE_M = 1000f;

    private static final float INV_TWO_PI = (float) (1 / (2 * Math.PI));

    private float[] rangeM = new float[0];
    private float[] azimuthTurns = new float[0];
    private int size;
    private int valid;

    /** Fills range and azimuth for the first {@code cloud.size()} points. */
    public void compute(PointCloud cloud) {
        size = cloud.size();
        if (rangeM.length < size) {
            int capacity = size + (size >> 2) + 16;
            rangeM = new float[capacity];
            azimuthTurns = new float[capacity];
        }
        float[] x = cloud.x();
        float[] y = cloud.y();
        float[] z = cloud.z();
        int good = 0;
        for (int i = 0; i < size; i++) {
            float range = (float) Math.sqrt(x[i] * x[i] + y[i] * y[i]);
            // written so that NaN fails too
            if (range >= MIN_RANGE_M && range <= MAX_RANGE_M && Math.abs(z[i]) <= MAX_RANGE_M) {
                rangeM[i] = range;
                azimuthTurns[i] = turns(y[i], x[i]);
                good++;
            } else {
                rangeM[i] = -1;
                azimuthTurns[i] = 0;
            }
        }
        valid = good;
    }

    /** Azimuth as a fraction of a turn in [0, 1): 0 forward, 0.25 left. Not both arguments 0. */
    static float turns(float y, float x) {
        float ax = Math.abs(x);
        float ay = Math.abs(y);
        float a = Math.min(ax, ay) / Math.max(ax, ay);
        float s = a * a;
        float p =
                ((((-0.01172120f * s + 0.05265332f) * s - 0.11643287f) * s + 0.19354346f) * s
                                        - 0.33262347f)
                                * s
                        + 0.99997726f;
        float t = p * a * INV_TWO_PI;
        if (ay > ax) {
            t = 0.25f - t;
        }
        if (x < 0) {
            t = 0.5f - t;
        }
        if (y < 0) {
            t = 1f - t;
        }
        return t >= 1f || t < 0f ? 0f : t;
    }

    /** Points covered. */
    public int size() {
        return size;
    }

    /** Points that are finite and neither on the sensor nor absurdly far. */
    public int validCount() {
        return valid;
    }

    /** Distance to the sensor's axis, metres; negative for a point to be ignored. */
    public float[] rangeM() {
        return rangeM;
    }

    /** Azimuth as a fraction of a turn in [0, 1), counter-clockwise from +x. */
    public float[] azimuthTurns() {
        return azimuthTurns;
    }
}
