package io.azimuth.connectors.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads all partitions of a topic from their beginning, outside any consumer group. Not
 * thread-safe.
 */
public final class TopicReader implements AutoCloseable {
    private final String topic;

    /**
     * @param readCommitted leave out records of open or aborted transactions
     */
    public TopicReader(String bootstrapServers, String topic, boolean readCommitted) {
        this.topic = topic;
    }

    /** Hands on what is there now, up to {@code maxWait} if nothing is; returns how many. */
    public int poll(Duration maxWait, Consumer<TopicRecord> sink) {
        throw new UnsupportedOperationException(topic);
    }

    /**
     * Hands on every record below the given offsets.
     *
     * @param endOffsets by partition; a partition that is not named is read as far as it comes
     *     along
     * @throws IllegalStateException naming how far it came if {@code deadline} passes first
     */
    public void readTo(
            Map<Integer, Long> endOffsets, Duration deadline, Consumer<TopicRecord> sink) {
        throw new UnsupportedOperationException(topic);
    }

    /** Hands on what the topic holds at the moment of the call. */
    public void readToEnd(Duration deadline, Consumer<TopicRecord> sink) {
        throw new UnsupportedOperationException(topic);
    }

    /**
     * Hands records on until {@code sinkIsDone} answers true for one of them.
     *
     * @return false if {@code deadline} passed first
     */
    public boolean readUntil(Predicate<TopicRecord> sinkIsDone, Duration deadline) {
        throw new UnsupportedOperationException(topic);
    }

    @Override
    public void close() {}
}
