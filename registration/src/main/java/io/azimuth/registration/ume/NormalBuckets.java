package io.azimuth.registration.ume;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Chooses points so that every direction of surfaces has its say: a floor with nine tenths of the
 * points fixes three of six degrees of freedom only. Source: Rusinkiewicz and Levoy, "Efficient
 * variants of the ICP algorithm", 3DIM 2001, normal-space sampling.
 */
final class NormalBuckets {
    /** Directions of a half sphere by the golden angle, plus a bucket for points without. */
    private static final int DIRECTIONS = 40;

    private static final double[] AXES = axes();

    private NormalBuckets() {}

    /** Indices of at most {@code limit} points that have a normal, in turn from each direction. */
    static int[] evenly(SpatialFeatures features, int size, int limit, SplittableRandom random) {
        int[] order = shuffled(size, random);
        int[][] buckets = new int[DIRECTIONS][size];
        int[] counts = new int[DIRECTIONS];
        int described = 0;
        for (int i : order) {
            int b = bucket(features.normals, i);
            if (b >= 0) {
                buckets[b][counts[b]++] = i;
                described++;
            }
        }
        int[] out = new int[Math.min(limit, described)];
        int n = 0;
        for (int round = 0; n < out.length; round++) {
            for (int b = 0; b < DIRECTIONS && n < out.length; b++) {
                if (round < counts[b]) {
                    out[n++] = buckets[b][round];
                }
            }
        }
        return out;
    }

    private static int bucket(float[] normals, int i) {
        int best = -1;
        double most = 0;
        for (int b = 0; b < DIRECTIONS; b++) {
            double dot =
                    Math.abs(
                            normals[3 * i] * AXES[3 * b]
                                    + normals[3 * i + 1] * AXES[3 * b + 1]
                                    + normals[3 * i + 2] * AXES[3 * b + 2]);
            if (dot > most) {
                most = dot;
                best = b;
            }
        }
        return best;
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int held = order[i];
            order[i] = order[j];
            order[j] = held;
        }
        return order;
    }

    private static double[] axes() {
        double golden = Math.PI * (3 - Math.sqrt(5));
        double[] out = new double[3 * DIRECTIONS];
        for (int b = 0; b < DIRECTIONS; b++) {
            double up = (b + 0.5) / DIRECTIONS;
            double flat = Math.sqrt(1 - up * up);
            out[3 * b] = flat * Math.cos(golden * b);
            out[3 * b + 1] = flat * Math.sin(golden * b);
            out[3 * b + 2] = up;
        }
        return out;
    }
}
