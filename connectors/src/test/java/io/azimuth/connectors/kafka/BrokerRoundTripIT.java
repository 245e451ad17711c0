package io.azimuth.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.connectors.wire.MalformedSweepException;
import io.azimuth.connectors.wire.Origin;
import io.azimuth.connectors.wire.SweepCodec;
import io.azimuth.connectors.wire.SweepFault;
import io.azimuth.connectors.wire.SweepHeaders;
import io.azimuth.connectors.wire.Sweeps;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerRoundTripIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<String> SENSORS = List.of("veh-1/top", "veh-2/top");
    private static final int UNREADABLE = 5;

    @TempDir static Path dir;
    private static EmbeddedBroker broker;
    private static TopicAdmin admin;

    @BeforeAll
    static void start() throws Exception {
        // a retention pass every second: what is stamped old would be gone at once
        broker =
                EmbeddedBroker.start(
                        dir, Map.of("log.retention.check.interval.ms", "1000"), DEADLINE);
        admin = new TopicAdmin(broker.bootstrapServers());
        admin.createTopics(3, false);
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void sweepsOldAndFutureComeBackInOrderWithTheirHeaders() throws Exception {
        SweepSource source = new TwoSensors(10);
        ReplayReport report;
        try (ReplayProducer producer =
                new ReplayProducer(broker.bootstrapServers(), Topics.SWEEPS, TimeSource.SYSTEM)) {
            report =
                    producer.replay(
                            source, ReplayOptions.fastest(SENSORS), ReplayProducer.Gate.OPEN);
        }

        List<TopicRecord> records = new ArrayList<>();
        try (TopicReader reader = new TopicReader(broker.bootstrapServers(), Topics.SWEEPS, true)) {
            reader.readTo(report.endOffsets(), DEADLINE, records::add);
        }

        assertThat(report.sent()).hasSize(20);
        assertThat(report.unreadable()).isEqualTo(1);
        assertThat(report.endOffsets()).isEqualTo(Map.of(0, 10L, 1, 10L, 2, 0L));
        assertThat(records).hasSize(20);
        for (String sensor : SENSORS) {
            List<Origin> sent =
                    report.sent().stream().filter(o -> o.sensorId().equals(sensor)).toList();
            List<TopicRecord> got = records.stream().filter(r -> r.key().equals(sensor)).toList();
            assertThat(got.stream().map(r -> r.sweepHeaders().origin())).isEqualTo(sent);
            assertThat(got).allMatch(r -> r.partition() == SENSORS.indexOf(sensor));
        }
        assertDecodes(source, records);
    }

    @Test
    void creatingTopicsTwiceChangesNothing() throws Exception {
        admin.createTopics(3, false);

        assertThat(admin.list()).containsAll(Topics.ALL);
    }

    private static void assertDecodes(SweepSource source, List<TopicRecord> records) {
        SweepCodec codec = new SweepCodec();
        PointCloud cloud = new PointCloud();
        int unreadable = 0;
        for (TopicRecord record : records) {
            SweepHeaders headers = record.sweepHeaders();
            try {
                Sweep sweep = codec.decode(record.value(), cloud);
                assertThat(sweep.endNanos()).isEqualTo(headers.endNanos());
                assertThat(cloud.size()).isEqualTo(1000);
            } catch (MalformedSweepException e) {
                assertThat(e.fault()).isEqualTo(SweepFault.UNREADABLE_SOURCE);
                assertThat(e.getMessage()).contains("byte 12: cut off");
                unreadable++;
            }
        }
        assertThat(unreadable).isEqualTo(1);
    }

    /** One sensor recorded in 2013, one whose clock runs two hours ahead. */
    private record TwoSensors(int each) implements SweepSource {
        @Override
        public int size() {
            return 2 * each;
        }

        @Override
        public Entry entry(int i) {
            long ahead = TimeSource.SYSTEM.epochNanos() / 1_000_000_000L * 1_000_000_000L;
            long base = i % 2 == 0 ? 1_370_000_000_000_000_000L : ahead + 7_200_000_000_000L;
            long start = base + i / 2 * 100_000_000L;
            return new Entry(
                    "veh-" + (i % 2 + 1),
                    SENSORS.get(i % 2),
                    "d",
                    i / 2,
                    start,
                    start + 99_000_000L);
        }

        @Override
        public Sweep read(int i, PointCloud reuse) {
            if (i == UNREADABLE) {
                throw MalformedDataException.at("000005.bin", 12, "cut off");
            }
            Sweep s = Sweeps.random(new Random(i), 1000, 80f);
            Entry e = entry(i);
            return new Sweep(
                    e.vehicleId(),
                    e.sensorId(),
                    e.driveId(),
                    e.seq(),
                    e.startNanos(),
                    e.endNanos(),
                    Sweep.Sector.WHOLE,
                    RigidTransform.IDENTITY,
                    null,
                    s.points());
        }
    }
}
