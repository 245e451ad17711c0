package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;

/**
 * The neighbours of each kept point among the kept ones, and the {@code neighbour} tensor: indices
 * within the crop as float32, which hold them exactly. Not thread-safe.
 */
final class NeighbourLists {
    private final int points;
    private final int neighbours;
    private final boolean wide;
    private final NearestPoints nearest;
    private final int[] index;
    private final double[] squared;
    private final int[] counts;
    private final float[] ranked;

    NeighbourLists(InputConfig config) {
        points = config.points();
        neighbours = config.neighbours();
        wide = config.wideNeighbours();
        int ranks = wide ? neighbours * (1 + InputConfig.WIDE_STEP) : neighbours;
        nearest = new NearestPoints(Math.min(ranks, points - 1));
        index = new int[points * neighbours];
        squared = new double[points * neighbours];
        counts = new int[points];
        ranked = new float[points * neighbours];
    }

    TensorSpec spec() {
        return SampledCrop.spec(
                "neighbour", "NPK", "indices of neighbours, 0 to K - 1", points, neighbours);
    }

    void find(Cloud kept) {
        for (int i = 0; i < kept.size; i++) {
            nearest.find(kept, kept.x[i], kept.y[i], kept.z[i], i);
            counts[i] = Math.min(neighbours, nearest.count);
            int at = i * neighbours;
            System.arraycopy(nearest.index, 0, index, at, counts[i]);
            System.arraycopy(nearest.squared, 0, squared, at, counts[i]);
            for (int j = 0; j < neighbours; j++) {
                ranked[at + j] = ranked(i, j);
            }
        }
        SampledCrop.pad(ranked, neighbours, kept.size, points);
    }

    private int ranked(int i, int j) {
        if (nearest.count == 0) {
            return i;
        }
        int rank = wide ? neighbours - 1 + InputConfig.WIDE_STEP * (j + 1) : j;
        int beyond = wide ? nearest.count - 1 : 0;
        return nearest.index[rank < nearest.count ? rank : beyond];
    }

    /** Neighbours of point i: k, or fewer in a small cloud. */
    int count(int i) {
        return counts[i];
    }

    int neighbour(int i, int j) {
        return index[i * neighbours + j];
    }

    /** Where the neighbours of point i begin in {@link #indices} and {@link #squares}. */
    int start(int i) {
        return i * neighbours;
    }

    int[] indices() {
        return index;
    }

    double[] squares() {
        return squared;
    }

    double squared(int i, int j) {
        return squared[i * neighbours + j];
    }

    /** The tensor's row; valid until the next call of {@link #find}. */
    float[] ranked() {
        return ranked;
    }
}
