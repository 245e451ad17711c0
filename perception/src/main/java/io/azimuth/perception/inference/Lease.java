package io.azimuth.perception.inference;

import java.nio.FloatBuffer;

/**
 * Input and output buffers of one network, in place: what is put into an input is what the network
 * reads. Not thread-safe; one lease a thread. The buffers hold {@code maxBatch} rows and are valid
 * until the lease is closed; their positions and limits mean nothing to the network.
 */
public interface Lease extends AutoCloseable {
    /**
     * The buffer of an input.
     *
     * @throws IllegalArgumentException if the network has no such input
     */
    FloatBuffer input(String name);

    /**
     * The buffer of an output; what it holds is overwritten by the next run.
     *
     * @throws IllegalArgumentException if the network has no such output
     */
    FloatBuffer output(String name);

    /**
     * Uses the caller's buffer for an input or output from now on: between its position and its
     * limit, {@code maxBatch} rows. The caller may go on using it, but two tensors of one lease
     * must not share memory: the network may write an output before it has read all of an input.
     *
     * @throws IllegalArgumentException if the buffer is not direct, not in native byte order, is
     *     read-only, or has another number of elements
     */
    void bind(String name, FloatBuffer buffer);

    /**
     * Runs the network on the calling thread over the first {@code batch} rows.
     *
     * @param batch 1 to {@code maxBatch}
     * @throws InferenceFailed if the engine fails, or a value of an input or output is NaN or
     *     infinite; the message names the tensor
     */
    void run(int batch);

    @Override
    void close();
}
