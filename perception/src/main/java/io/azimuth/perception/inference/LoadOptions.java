package io.azimuth.perception.inference;

/**
 * How a network is loaded.
 *
 * @param maxBatch rows of the lease's buffers; at most what the bundle allows
 */
public record LoadOptions(int maxBatch) {
    public LoadOptions {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch is " + maxBatch + ", accepted from 1");
        }
    }

    /** One row at a time: what a CPU is best at. */
    public static LoadOptions single() {
        return new LoadOptions(1);
    }
}
