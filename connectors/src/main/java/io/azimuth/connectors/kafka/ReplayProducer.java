package io.azimuth.connectors.kafka;

/** Sends a drive's sweeps to a topic, as recorded or faster. Not thread-safe. */
public final class ReplayProducer implements AutoCloseable {
    private final String topic;

    /**
     * @param bootstrapServers the broker, {@code host:port}
     */
    public ReplayProducer(String bootstrapServers, String topic, TimeSource time) {
        this.topic = topic;
    }

    /**
     * Waits before each sweep; a lock-step run blocks here until the results of earlier ones came.
     */
    @FunctionalInterface
    public interface Gate {
        Gate OPEN = next -> {};

        void awaitTurn(SweepSource.Entry next) throws InterruptedException;
    }

    /**
     * Sends all sweeps of {@code source} in order and waits until the broker has them. A sweep that
     * the source cannot read is sent as such, so that it is accounted for.
     *
     * @throws InterruptedException if interrupted; what was sent stays sent
     * @throws IllegalStateException if the broker does not take a record
     */
    public ReplayReport replay(SweepSource source, ReplayOptions options, Gate gate)
            throws InterruptedException {
        throw new UnsupportedOperationException(topic);
    }

    @Override
    public void close() {}
}
