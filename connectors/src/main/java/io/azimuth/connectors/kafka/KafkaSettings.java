package io.azimuth.connectors.kafka;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Client settings that differ from Kafka's own, and why. Stateless, thread-safe. */
public final class KafkaSettings {
    /**
     * Largest record of any topic: a float32 sweep of a large sensor, or the dead letter of one.
     */
    public static final int MAX_MESSAGE_BYTES = 8 << 20;

    /** Room for headers and the batch's own header on top of a value of 8 MiB. */
    static final int MAX_REQUEST_BYTES = MAX_MESSAGE_BYTES + (64 << 10);

    /** Longest transaction; the broker's limit is 15 minutes, Flink's own default 1 hour. */
    public static final int TRANSACTION_TIMEOUT_MILLIS = 600_000;

    private KafkaSettings() {}

    /** Producer of sweeps: their payload is compressed already, so the batch is not. */
    public static Properties sweepProducer(String bootstrapServers) {
        return producer(bootstrapServers, "none");
    }

    /** Producer of results: small messages of similar content. */
    public static Properties resultProducer(String bootstrapServers) {
        return producer(bootstrapServers, "lz4");
    }

    /** Consumer without a group: reads from where it is told to, commits nothing. */
    public static Properties consumer(String bootstrapServers, boolean readCommitted) {
        Properties p = sourceConsumer();
        p.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        p.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        p.put(
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class.getName());
        p.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        p.remove(ConsumerConfig.MAX_POLL_RECORDS_CONFIG); // here small records are many
        p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        p.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                readCommitted ? "read_committed" : "read_uncommitted");
        return p;
    }

    /** Fetch settings for readers of sweeps, e.g. a stream job's source. */
    public static Properties sourceConsumer() {
        Properties p = new Properties();
        // a reader holds up to three polled batches: few records each, or shedding sees stale ones
        p.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "4");
        // at the default of 1 MiB a fetch carries one float32 sweep
        p.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(8 << 20));
        p.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(16 << 20));
        p.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        p.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
        p.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, Integer.toString(1 << 20));
        return p;
    }

    private static Properties producer(String bootstrapServers, String compression) {
        Properties p = new Properties();
        p.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        p.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        p.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        p.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        p.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES));
        p.put(ProducerConfig.LINGER_MS_CONFIG, "0"); // the default of 5 ms is pure latency
        p.put(ProducerConfig.ACKS_CONFIG, "all");
        p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        p.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Integer.toString(TRANSACTION_TIMEOUT_MILLIS));
        return p;
    }
}
