package io.azimuth.perception.inference;

/**
 * A network ready to run. Thread-safe; the native session behind it lives until the last loader has
 * closed its model and the last lease is closed.
 */
public interface LoadedModel extends AutoCloseable {
    /** What goes in and out. */
    ModelSignature signature();

    /** SHA-256 of the network, hex. */
    String sha256();

    /**
     * Buffers for one thread. Never waits on a CPU.
     *
     * @throws IllegalStateException if this model is closed
     */
    Lease acquire();

    /** Counters since the network was loaded, over all who share it. */
    InferenceStats stats();

    /** Gives up this loader's share. Closing twice does nothing. */
    @Override
    void close();
}
