package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * Which of many points stand for all: those whose height and range have the least hash, a choice by
 * chance that depends neither on the points' order nor on a turn of the scene. Buffers are reused;
 * not thread-safe.
 */
final class PointChoice {
    private static final double RANGE_STEPS = 250; // of 4 mm

    private long[] keys = new long[0];
    private float[] x = new float[0];
    private float[] y = new float[0];
    private float[] z = new float[0];
    private float[] range = new float[0];

    /** Arrays are read by later calls. */
    void over(PointCloud cloud, float[] rangeM) {
        x = cloud.x();
        y = cloud.y();
        z = cloud.z();
        range = rangeM;
    }

    /** Of the first {@code n} members, writes as many as {@code chosen} holds; returns how many. */
    int choose(int[] members, int n, int[] chosen) {
        if (keys.length < n) {
            keys = new long[Math.max(n, 2 * keys.length)];
        }
        for (int p = 0; p < n; p++) {
            int i = members[p];
            keys[p] = (long) hash(i) << Integer.SIZE | i;
        }
        Arrays.sort(keys, 0, n);
        for (int p = 1; p < n; p++) { // of one hash: by place
            long key = keys[p];
            int q = p - 1;
            while (q >= 0 && follows(keys[q], key)) {
                keys[q + 1] = keys[q];
                q--;
            }
            keys[q + 1] = key;
        }
        int count = Math.min(n, chosen.length);
        for (int p = 0; p < count; p++) {
            chosen[p] = (int) keys[p];
        }
        return count;
    }

    private boolean follows(long a, long b) {
        if (a >>> Integer.SIZE != b >>> Integer.SIZE) {
            return false; // sorted already
        }
        int i = (int) a;
        int j = (int) b;
        int c = Float.compare(z[i], z[j]);
        c = c != 0 ? c : Float.compare(x[i], x[j]);
        return c != 0 ? c > 0 : Float.compare(y[i], y[j]) > 0;
    }

    private int hash(int i) {
        int h = Float.floatToIntBits(z[i] + 0f) * 0x9E3779B1;
        h ^= (int) Math.rint(range[i] * RANGE_STEPS) * 0x85EBCA6B;
        h ^= h >>> 15;
        h *= 0x2C1B3C6D;
        h ^= h >>> 12;
        h *= 0x297A2D39;
        return h ^ h >>> 15;
    }
}
