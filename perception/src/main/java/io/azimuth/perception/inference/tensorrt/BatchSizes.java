package io.azimuth.perception.inference.tensorrt;

/** Sizes of batch that contexts are made for: powers of two, and the largest of the bundle. */
final class BatchSizes {
    private final int max;

    BatchSizes(int max) {
        this.max = max;
    }

    /** The smallest size that holds the rows. */
    int holding(int rows) {
        int size = 1;
        while (size < rows) {
            size *= 2;
        }
        return Math.min(size, max);
    }
}
