package io.azimuth.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.azimuth.connectors.wire.MalformedSweepException;
import io.azimuth.connectors.wire.Origin;
import io.azimuth.connectors.wire.SweepCodec;
import io.azimuth.connectors.wire.SweepEncoding;
import io.azimuth.connectors.wire.SweepFault;
import io.azimuth.connectors.wire.SweepHeaders;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a broker of our own. */
class BrokerIT {
    private static final int PARTITIONS = 3;
    private static final List<String> FLEET = List.of("veh-0/top", "veh-1/top", "veh-2/top");
    private static final long MODERN = 1_764_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir private static Path folder;
    private static EmbeddedBroker broker;
    private static TopicAdmin admin;

    @BeforeAll
    static void start() throws Exception {
        // expired records go at once, so that a test can see them go
        Map<String, String> eager =
                Map.of(
                        "log.retention.check.interval.ms", "500",
                        "log.initial.task.delay.ms", "500");
        broker = EmbeddedBroker.start(folder.resolve("broker"), eager, Duration.ofSeconds(60));
        admin = new TopicAdmin(broker.bootstrapServers());
        admin.createTopics(PARTITIONS, false);
    }

    @AfterAll
    static void stop() {
        if (admin != null) {
            admin.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void topicsHaveTheSettingsThatSweepsNeed() throws Exception {
        assertThat(admin.list()).containsAll(Topics.ALL);
        assertThat(admin.partitions(Topics.SWEEPS)).isEqualTo(PARTITIONS);
        ConfigResource sweeps = new ConfigResource(ConfigResource.Type.TOPIC, Topics.SWEEPS);
        ConfigResource dead = new ConfigResource(ConfigResource.Type.TOPIC, Topics.DEAD_LETTERS);
        try (Admin raw = rawAdmin()) {
            var configs = raw.describeConfigs(List.of(sweeps, dead)).all().get();

            assertThat(configs.get(sweeps).get("message.timestamp.type").value())
                    .isEqualTo("LogAppendTime");
            assertThat(configs.get(sweeps).get("max.message.bytes").value()).isEqualTo("8388608");
            assertThat(configs.get(sweeps).get("retention.ms").value()).isEqualTo("86400000");
            assertThat(configs.get(dead).get("retention.ms").value()).isEqualTo("604800000");
            assertThat(Integer.parseInt(configs.get(dead).get("max.message.bytes").value()))
                    .isGreaterThan(8 << 20);
        }
    }

    @Test
    void creatingTopicsAgainChangesNothingAndOtherPartitionsAreRefused() throws Exception {
        admin.createTopics(PARTITIONS, false);

        assertThatThrownBy(() -> admin.createTopics(PARTITIONS + 1, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("partitions is 3, expected 4");
    }

    @Test
    void sweepsComeBackAsTheyWereSent() throws Exception {
        List<Sweep> sweeps = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sweeps.add(sweep(FLEET.get(i % 2), "as-sent", i / 2, MODERN + i * SECOND, 500));
        }
        ReplayOptions options = ReplayOptions.fastest(FLEET).withEncoding(SweepEncoding.XYZ_F32);
        SortedMap<Integer, Long> before = admin.endOffsets(Topics.SWEEPS);

        ReplayReport report = replay(new ListSource(sweeps), options);

        assertThat(report.sent()).hasSize(12);
        assertThat(report.unreadable()).isZero();
        for (int p = 0; p < PARTITIONS; p++) {
            long added = report.endOffsets().get(p) - before.get(p);
            assertThat(added).as("records in partition " + p).isEqualTo(p < 2 ? 6 : 0);
        }
        List<TopicRecord> records = records(before, report.endOffsets());
        assertThat(records).hasSize(12);
        SweepCodec codec = new SweepCodec();
        for (TopicRecord r : records) {
            assertThat(r.partition()).isEqualTo(FLEET.indexOf(r.key()));
            SweepHeaders headers = r.sweepHeaders();
            assertThat(headers).isNotNull();
            Sweep back = codec.decode(r.value(), new PointCloud());
            int i = sweeps.indexOf(match(sweeps, back));
            Origin sent = report.sent().get(i);
            assertThat(headers.origin()).isEqualTo(sent);
            assertThat(headers.endNanos()).isEqualTo(back.endNanos());
            assertThat(headers.type()).isEqualTo(SweepHeaders.SWEEP_TYPE);
            assertSamePoints(back.points(), sweeps.get(i).points());
        }
    }

    @Test
    void whatCannotBeReadOrHeldIsSentAsSuch() throws Exception {
        List<Sweep> sweeps = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sweeps.add(sweep(FLEET.get(2), "broken", i, MODERN + i * SECOND, 50));
        }
        // 1.3 million points of noise, 7 bytes each: more than 8 MiB whatever the compression
        sweeps.add(sweep(FLEET.get(2), "broken", 3, MODERN + 3 * SECOND, 1_300_000));
        SortedMap<Integer, Long> before = admin.endOffsets(Topics.SWEEPS);

        ReplayReport report =
                replay(new ListSource(sweeps, Set.of(1)), ReplayOptions.fastest(FLEET));

        assertThat(report.unreadable()).isEqualTo(2);
        List<TopicRecord> records = records(before, report.endOffsets());
        assertThat(records).hasSize(4);
        SweepCodec codec = new SweepCodec();
        for (int i = 0; i < 4; i++) {
            byte[] value = records.get(i).value();
            if (i % 2 == 0) {
                assertThat(codec.decode(value, new PointCloud()).seq()).isEqualTo(i);
                continue;
            }
            MalformedSweepException thrown =
                    catchThrowableOfType(
                            MalformedSweepException.class,
                            () -> codec.decode(value, new PointCloud()));
            assertThat(thrown.fault()).isEqualTo(SweepFault.UNREADABLE_SOURCE);
            assertThat(thrown).hasMessageContaining(i == 1 ? "velodyne/1.bin: byte 17" : "sectors");
            assertThat(thrown.origin().seq()).isEqualTo(i);
        }
    }

    @Test
    void oldAndFutureSweepsOutliveTheRetention() throws Exception {
        long old = Instant.parse("2013-01-01T00:00:00Z").toEpochMilli();
        long ahead = Instant.now().plus(Duration.ofHours(2)).toEpochMilli();
        SortedMap<Integer, Long> before = admin.endOffsets(Topics.SWEEPS);
        SortedMap<Integer, Long> after;
        try (Admin raw = rawAdmin();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                KafkaSettings.sweepProducer(broker.bootstrapServers()))) {
            NewTopic canary = new NewTopic("canary", 1, (short) 1);
            raw.createTopics(
                            List.of(
                                    canary.configs(
                                            Map.of(
                                                    "message.timestamp.type",
                                                    "CreateTime",
                                                    "retention.ms",
                                                    "86400000"))))
                    .all()
                    .get();
            producer.send(stamped(Topics.SWEEPS, old)).get();
            producer.send(stamped(Topics.SWEEPS, ahead)).get();
            producer.send(stamped("canary", old)).get();
            assertThatThrownBy(() -> producer.send(stamped("canary", ahead)).get())
                    .as("what the setting saves us from")
                    .isInstanceOf(ExecutionException.class);
            after = admin.endOffsets(Topics.SWEEPS);
            awaitDeletion("canary");
        }

        List<TopicRecord> records = records(before, after);
        assertThat(records).hasSize(2);
        assertThat(records)
                .allSatisfy(
                        r ->
                                assertThat(Instant.ofEpochMilli(r.timestampMillis()))
                                        .isBetween(
                                                Instant.now().minusSeconds(60),
                                                Instant.now().plusSeconds(1)));
    }

    @Test
    void largestSweepIsTakenAndNineMegabytesAreRefused() throws Exception {
        SortedMap<Integer, Long> before = admin.endOffsets(Topics.SWEEPS);
        Properties lax = KafkaSettings.sweepProducer(broker.bootstrapServers());
        lax.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "20000000");
        byte[] nine = new byte[9_000_000];
        byte[] largest = new byte[SweepCodec.MAX_VALUE_BYTES];
        try (KafkaProducer<byte[], byte[]> ours =
                        new KafkaProducer<>(
                                KafkaSettings.sweepProducer(broker.bootstrapServers()));
                KafkaProducer<byte[], byte[]> theirs = new KafkaProducer<>(lax)) {
            for (KafkaProducer<byte[], byte[]> producer : List.of(ours, theirs)) {
                assertThatThrownBy(
                                () ->
                                        producer.send(new ProducerRecord<>(Topics.SWEEPS, nine))
                                                .get())
                        .hasCauseInstanceOf(RecordTooLargeException.class);
            }
            ours.send(new ProducerRecord<>(Topics.SWEEPS, 0, FLEET.get(0).getBytes(), largest))
                    .get();
        }

        List<TopicRecord> records = records(before, admin.endOffsets(Topics.SWEEPS));
        assertThat(records).hasSize(1);
        assertThat(records.get(0).value()).hasSize(SweepCodec.MAX_VALUE_BYTES);
    }

    @Test
    void scheduleFollowsTheRate() throws Exception {
        List<Sweep> sweeps = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sweeps.add(sweep(FLEET.get(0), "paced", i, MODERN + i * SECOND / 10, 10));
        }
        List<Long> naps = new ArrayList<>();
        TimeSource fake =
                new TimeSource() {
                    private long now = 1000;

                    @Override
                    public long epochNanos() {
                        return MODERN;
                    }

                    @Override
                    public long monotonicNanos() {
                        return now;
                    }

                    @Override
                    public void sleepUntil(long monotonicNanos) {
                        naps.add(monotonicNanos - 1000);
                        now = Math.max(now, monotonicNanos) + 7;
                    }
                };

        ReplayReport report;
        try (ReplayProducer producer =
                new ReplayProducer(broker.bootstrapServers(), Topics.SWEEPS, fake)) {
            report =
                    producer.replay(
                            new ListSource(sweeps),
                            ReplayOptions.fastest(FLEET).withRate(4),
                            ReplayProducer.Gate.OPEN);
        }

        assertThat(naps).containsExactly(0L, 25_000_000L, 50_000_000L, 75_000_000L, 100_000_000L);
        assertThat(report.worstLatenessNanos()).isEqualTo(7);
    }

    private static void awaitDeletion(String topic) throws InterruptedException {
        try (TopicReader idle = new TopicReader(broker.bootstrapServers(), Topics.POSES, false)) {
            long end = System.nanoTime() + DEADLINE.toNanos();
            while (admin.beginningOffsets(topic).get(0) == 0) {
                assertThat(System.nanoTime()).as("the broker deletes nothing").isLessThan(end);
                idle.poll(Duration.ofMillis(100), r -> {});
            }
        }
    }

    private static ReplayReport replay(SweepSource source, ReplayOptions options)
            throws InterruptedException {
        try (ReplayProducer producer =
                new ReplayProducer(broker.bootstrapServers(), Topics.SWEEPS, TimeSource.SYSTEM)) {
            return producer.replay(source, options, ReplayProducer.Gate.OPEN);
        }
    }

    private static List<TopicRecord> records(Map<Integer, Long> from, Map<Integer, Long> to) {
        List<TopicRecord> out = new ArrayList<>();
        try (TopicReader reader = new TopicReader(broker.bootstrapServers(), Topics.SWEEPS, true)) {
            reader.readTo(
                    to,
                    DEADLINE,
                    r -> {
                        if (r.offset() >= from.get(r.partition())) {
                            out.add(r);
                        }
                    });
        }
        return out;
    }

    private static Admin rawAdmin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static ProducerRecord<byte[], byte[]> stamped(String topic, long millis) {
        return new ProducerRecord<>(topic, 0, millis, new byte[] {1}, new byte[] {2});
    }

    private static Sweep match(List<Sweep> sweeps, Sweep back) {
        return sweeps.stream()
                .filter(s -> s.sensorId().equals(back.sensorId()) && s.seq() == back.seq())
                .findFirst()
                .orElseThrow();
    }

    private static void assertSamePoints(PointCloud got, PointCloud want) {
        assertThat(got.size()).isEqualTo(want.size());
        for (int i = 0; i < want.size(); i++) {
            assertThat(new float[] {got.x()[i], got.y()[i], got.z()[i], got.intensity()[i]})
                    .containsExactly(want.x()[i], want.y()[i], want.z()[i], want.intensity()[i]);
        }
    }

    private static Sweep sweep(String sensor, String drive, long seq, long start, int points) {
        Random rnd = new Random(seq);
        PointCloud cloud = new PointCloud(points);
        for (int i = 0; i < points; i++) {
            cloud.add(
                    100 * rnd.nextFloat(),
                    100 * rnd.nextFloat(),
                    100 * rnd.nextFloat(),
                    rnd.nextFloat());
        }
        return new Sweep(
                sensor.substring(0, sensor.indexOf('/')),
                sensor,
                drive,
                seq,
                start,
                start + SECOND / 10,
                Sweep.Sector.WHOLE,
                RigidTransform.IDENTITY,
                null,
                cloud);
    }
}
