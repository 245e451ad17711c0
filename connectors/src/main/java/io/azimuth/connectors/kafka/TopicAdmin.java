package io.azimuth.connectors.kafka;

import io.azimuth.connectors.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates and lists topics. Thread-safe.
 *
 * <p>All topics of the contract carry {@code LogAppendTime}: with the sweep's own time as the
 * record's, a broker deletes a replayed old drive within minutes and refuses one whose clock runs
 * ahead.
 */
public final class TopicAdmin implements AutoCloseable {
    private static final Duration RETENTION = Duration.ofHours(24);
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(7);

    private static final Duration SETTLING = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Admin admin;

    public TopicAdmin(String bootstrapServers) {
        this.admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /**
     * Creates the topics of the contract that are not there yet; those that are stay as they are.
     *
     * @param partitions of each topic; at least as many as there are sensors
     * @param keepForever records are never deleted by age (replays of old drives)
     * @throws IllegalStateException if a topic exists with other partitions, or with settings that
     *     lose or refuse sweeps
     */
    public void createTopics(int partitions, boolean keepForever) throws InterruptedException {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions is " + partitions + ", expected 1 or more");
        }
        List<NewTopic> topics = new ArrayList<>();
        for (String name : Topics.ALL) {
            topics.add(
                    new NewTopic(name, partitions, (short) 1).configs(configs(name, keepForever)));
        }
        for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failed("create topics", e);
                }
            }
        }
        checkSettings(partitions);
    }

    /** Names of all topics in order, internal ones left out. */
    public SortedSet<String> list() throws InterruptedException {
        return new TreeSet<>(get("list topics", admin.listTopics().names()));
    }

    /** Number of partitions of a topic. */
    public int partitions(String topic) throws InterruptedException {
        return get(
                        "describe topic " + topic,
                        Objects.requireNonNull(
                                admin.describeTopics(List.of(topic)).topicNameValues().get(topic)))
                .partitions()
                .size();
    }

    /** The offset after the last record of each partition. */
    public SortedMap<Integer, Long> endOffsets(String topic) throws InterruptedException {
        return offsets(topic, OffsetSpec.latest());
    }

    /** The offset of the oldest record of each partition. */
    public SortedMap<Integer, Long> beginningOffsets(String topic) throws InterruptedException {
        return offsets(topic, OffsetSpec.earliest());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private static Map<String, String> configs(String topic, boolean keepForever) {
        Duration kept = topic.equals(Topics.DEAD_LETTERS) ? DEAD_LETTER_RETENTION : RETENTION;
        Map<String, String> out = new TreeMap<>();
        out.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        // a dead letter carries headers of its own on top of the record that it quotes
        int largest =
                topic.equals(Topics.DEAD_LETTERS)
                        ? KafkaSettings.MAX_REQUEST_BYTES
                        : KafkaSettings.MAX_MESSAGE_BYTES;
        out.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(largest));
        out.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer"); // the producer's choice stays
        out.put(TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
        out.put(
                TopicConfig.RETENTION_MS_CONFIG,
                keepForever ? "-1" : Long.toString(kept.toMillis()));
        return out;
    }

    private void checkSettings(int partitions) throws InterruptedException {
        Map<String, TopicDescription> described = describeAll();
        List<ConfigResource> resources = new ArrayList<>();
        for (String topic : Topics.ALL) {
            int found = Objects.requireNonNull(described.get(topic)).partitions().size();
            require(topic, "partitions", found, partitions, found == partitions);
            resources.add(new ConfigResource(ConfigResource.Type.TOPIC, topic));
        }
        Map<ConfigResource, Config> configs =
                get("describe topic settings", admin.describeConfigs(resources).all());
        for (ConfigResource resource : resources) {
            Config config = Objects.requireNonNull(configs.get(resource));
            String stamp = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
            String name = resource.name();
            require(
                    name,
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    stamp,
                    "LogAppendTime",
                    stamp.equals("LogAppendTime"));
            String max = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
            require(
                    name,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    max,
                    KafkaSettings.MAX_MESSAGE_BYTES,
                    Long.parseLong(max) >= KafkaSettings.MAX_MESSAGE_BYTES);
        }
    }

    /** A broker may take a moment until it knows topics that it has just created. */
    private Map<String, TopicDescription> describeAll() throws InterruptedException {
        TimeSource time = TimeSource.SYSTEM;
        long end = time.monotonicNanos() + SETTLING.toNanos();
        while (true) {
            try {
                return admin.describeTopics(Topics.ALL).allTopicNames().get();
            } catch (ExecutionException e) {
                boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unknown || time.monotonicNanos() > end) {
                    throw failed("describe topics", e);
                }
                time.sleepUntil(time.monotonicNanos() + RETRY.toNanos());
            }
        }
    }

    private static void require(
            String topic, String setting, Object found, Object expected, boolean holds) {
        if (!holds) {
            throw new IllegalStateException(
                    "topic %s: %s is %s, expected %s; change the topic or delete it"
                            .formatted(topic, setting, found, expected));
        }
    }

    private SortedMap<Integer, Long> offsets(String topic, OffsetSpec spec)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new TreeMap<>(TopicAdmin::byPartition);
        for (int p = 0; p < partitions(topic); p++) {
            wanted.put(new TopicPartition(topic, p), spec);
        }
        SortedMap<Integer, Long> out = new TreeMap<>();
        get("list offsets of " + topic, admin.listOffsets(wanted).all())
                .forEach((p, info) -> out.put(p.partition(), info.offset()));
        return out;
    }

    private static int byPartition(TopicPartition a, TopicPartition b) {
        return Integer.compare(a.partition(), b.partition());
    }

    private static <T> T get(String what, KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failed(what, e);
        }
    }

    private static IllegalStateException failed(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new IllegalStateException("cannot " + what + ": " + cause.getMessage(), cause);
    }
}
