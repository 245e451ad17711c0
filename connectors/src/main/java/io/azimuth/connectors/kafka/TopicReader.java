package io.azimuth.connectors.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads all partitions of a topic from their beginning, outside any consumer group; each call goes
 * on where the one before stopped. Records of one partition come in their order, those of several
 * partitions mixed. Not thread-safe.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final TimeSource time;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /**
     * @param readCommitted leave out records of open or aborted transactions
     * @throws IllegalStateException if there is no such topic
     */
    public TopicReader(String bootstrapServers, String topic, boolean readCommitted) {
        this.topic = topic;
        this.time = TimeSource.SYSTEM;
        this.consumer =
                new KafkaConsumer<>(KafkaSettings.consumer(bootstrapServers, readCommitted));
        List<PartitionInfo> found = consumer.listTopics().get(topic);
        if (found == null) {
            consumer.close();
            throw new IllegalStateException(
                    "topic " + topic + " does not exist at " + bootstrapServers);
        }
        for (int p = 0; p < found.size(); p++) {
            partitions.add(new TopicPartition(topic, p));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * Hands on what is there now, waiting up to {@code maxWait} if nothing is; returns how many.
     */
    public int poll(Duration maxWait, Consumer<TopicRecord> sink) {
        ConsumerRecords<byte[], byte[]> batch = consumer.poll(maxWait);
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            sink.accept(topicRecord(record));
        }
        return batch.count();
    }

    /**
     * Hands on every record below the given offsets that was not handed on before.
     *
     * @param endOffsets by partition; partitions that are not named are not read
     * @throws IllegalStateException naming how far it came if {@code deadline} passes first
     */
    public void readTo(
            Map<Integer, Long> endOffsets, Duration deadline, Consumer<TopicRecord> sink) {
        long end = time.monotonicNanos() + deadline.toNanos();
        try {
            while (pauseFinished(endOffsets)) {
                if (time.monotonicNanos() > end) {
                    throw new IllegalStateException(
                            "topic %s: read to %s within %d s, expected %s"
                                    .formatted(
                                            topic,
                                            positions(),
                                            deadline.toSeconds(),
                                            new TreeMap<>(endOffsets)));
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < endOffsets.getOrDefault(record.partition(), 0L)) {
                        sink.accept(topicRecord(record));
                    }
                }
            }
        } finally {
            consumer.resume(partitions);
        }
    }

    /** Hands on what the topic holds at the moment of the call. */
    public void readToEnd(Duration deadline, Consumer<TopicRecord> sink) {
        SortedMap<Integer, Long> ends = new TreeMap<>();
        consumer.endOffsets(partitions).forEach((p, offset) -> ends.put(p.partition(), offset));
        readTo(ends, deadline, sink);
    }

    /**
     * Hands records on until {@code isLast} answers true for one of them; the rest of what was
     * fetched with it comes with the next call.
     *
     * @return false if {@code deadline} passed first
     */
    public boolean readUntil(Predicate<TopicRecord> isLast, Duration deadline) {
        long end = time.monotonicNanos() + deadline.toNanos();
        while (time.monotonicNanos() <= end) {
            ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
            boolean done = false;
            for (TopicPartition p : batch.partitions()) {
                for (ConsumerRecord<byte[], byte[]> record : batch.records(p)) {
                    if (done) {
                        consumer.seek(p, record.offset());
                        break;
                    }
                    done = isLast.test(topicRecord(record));
                }
            }
            if (done) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** Stops partitions at their ends; whether any is left to read. */
    private boolean pauseFinished(Map<Integer, Long> endOffsets) {
        boolean left = false;
        for (TopicPartition p : partitions) {
            long end = endOffsets.getOrDefault(p.partition(), 0L);
            long position = consumer.position(p);
            if (position < end) {
                left = true;
                continue;
            }
            consumer.pause(List.of(p));
            if (position > end && endOffsets.containsKey(p.partition())) {
                consumer.seek(p, end); // what lies beyond is for the next call
            }
        }
        return left;
    }

    private SortedMap<Integer, Long> positions() {
        SortedMap<Integer, Long> out = new TreeMap<>();
        partitions.forEach(p -> out.put(p.partition(), consumer.position(p)));
        return out;
    }

    private static TopicRecord topicRecord(ConsumerRecord<byte[], byte[]> r) {
        byte[] value = r.value();
        byte[] key = r.key();
        return new TopicRecord(
                r.topic(),
                r.partition(),
                r.offset(),
                r.timestamp(),
                key == null ? "" : new String(key, StandardCharsets.UTF_8),
                value == null ? new byte[0] : value,
                r.headers());
    }
}
