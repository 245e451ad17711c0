package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.wire.EventIds;
import io.azimuth.connectors.wire.Origin;
import io.azimuth.connectors.wire.SweepCodec;
import io.azimuth.connectors.wire.SweepEncoding;
import io.azimuth.connectors.wire.SweepHeaders;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.serving.BatchStats;
import io.azimuth.perception.inference.serving.BatchingBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty vehicles at 10 Hz in four tasks of one process, with an engine that takes 5 ms a call
 * whatever the batch: one row a call would keep it busy all the time.
 */
@SuppressWarnings("try") // the harness closes with any exception, also that of an interrupt
class FleetBatchesTest {
    private static final int VEHICLES = 20;
    private static final int TASKS = 4;
    private static final int SWEEPS = 40;
    private static final int CAP = 8;
    private static final long ENGINE_NANOS = 5_000_000;
    private static final long DEADLINE_NANOS = 3_000_000;

    /**
     * One period: what is late by then is overtaken by the next sweep. An idle machine stays below
     * the deadline and one call, 8 ms; what a busy one adds by waking threads late is measured by
     * the engine's own naps, and a row waits for a few threads in turn.
     */
    private static final long WAIT_BAR_NANOS = Samples.PERIOD;

    private static final int THREADS_IN_TURN = 4;

    @TempDir private Path folder;

    private final Queue<Long> lateness = new ConcurrentLinkedQueue<>();

    private record Due(long atNanos, int vehicle, int seq) {}

    @Test
    @Timeout(120)
    void batchesFillWaitsStayShortAndNothingIsLostOrOutOfOrder() throws Exception {
        ModelBundle bundle = ArithmeticEngine.bundle(folder);
        BatchingBackend engine =
                new BatchingBackend(
                        new ArithmeticEngine("five-ms", rows -> busyFor(ENGINE_NANOS)),
                        CAP,
                        DEADLINE_NANOS);
        long begin = TimeSource.SYSTEM.monotonicNanos() + 500_000_000;
        ExecutorService tasks = Executors.newFixedThreadPool(TASKS);
        List<Future<Map<String, List<Double>>>> running = new ArrayList<>();
        for (int t = 0; t < TASKS; t++) {
            int task = t;
            running.add(tasks.submit(() -> drive(task, begin, engine, bundle)));
        }
        Map<String, List<Double>> found = new TreeMap<>();
        for (Future<Map<String, List<Double>>> each : running) {
            found.putAll(each.get());
        }
        tasks.shutdownNow();
        BatchStats stats = engine.stats();
        System.getLogger("batches").log(System.Logger.Level.INFO, figures(stats));

        assertThat(found).hasSize(VEHICLES);
        for (int v = 0; v < VEHICLES; v++) {
            List<Double> expected = new ArrayList<>();
            for (int seq = 0; seq < SWEEPS; seq++) {
                expected.add((double) ArithmeticEngine.answer(firstX(v, seq)));
            }
            assertThat(found.get(sensor(v))).as(sensor(v)).isEqualTo(expected);
        }
        assertThat(stats.rows()).isEqualTo(VEHICLES * SWEEPS);
        assertThat(stats.waiting()).isZero();
        assertThat(1.0 * stats.rows() / stats.batches()).as("rows a batch").isGreaterThan(1.2);
        assertThat(stats.sizes().subList(2, CAP + 1).stream().mapToLong(n -> n).sum())
                .as("batches of two and more: %s", stats.sizes())
                .isGreaterThan(stats.batches() / 5);
        List<Long> late = lateness.stream().sorted().toList();
        long lateP99 = late.get((int) (0.99 * (late.size() - 1)));
        assertThat(stats.waitP99Nanos())
                .as("99 %% wait no longer (ns); %s; naps late by %d", figures(stats), lateP99)
                .isLessThan(WAIT_BAR_NANOS + THREADS_IN_TURN * lateP99);
    }

    private static String figures(BatchStats s) {
        return "%d rows in %d batches, mean %.2f, by size %s; waits p50 %.1f, p99 %.1f, most %.1f ms"
                .formatted(
                        s.rows(),
                        s.batches(),
                        1.0 * s.rows() / s.batches(),
                        s.sizes(),
                        s.waitP50Nanos() * 1e-6,
                        s.waitP99Nanos() * 1e-6,
                        s.waitMaxNanos() * 1e-6);
    }

    /** One task's vehicles at the times of their sweeps; where their boxes stood, by sensor. */
    private static Map<String, List<Double>> drive(
            int task, long begin, BatchingBackend engine, ModelBundle bundle) throws Exception {
        try (FrontStand stand =
                FrontStand.ring(2 * CAP / TASKS, site -> new AskingDetector(engine, bundle))) {
            for (Due due : plan(task)) {
                ProducerRecord<byte[], byte[]> record = record(due.vehicle(), due.seq());
                stand.runMailsUntil(begin + due.atNanos());
                stand.send(record);
                if (due.seq() % 10 == 9) {
                    stand.checkpoint(due.seq());
                }
            }
            stand.finish();
            return boxes(stand);
        }
    }

    /** Vehicles turn when they turn, not together. */
    private static List<Due> plan(int task) {
        List<Due> out = new ArrayList<>();
        for (int v = task; v < VEHICLES; v += TASKS) {
            long phase = new SplittableRandom(v).nextLong(Samples.PERIOD);
            for (int seq = 0; seq < SWEEPS; seq++) {
                out.add(new Due(phase + seq * Samples.PERIOD, v, seq));
            }
        }
        out.sort(Comparator.comparingLong(Due::atNanos));
        return out;
    }

    private static Map<String, List<Double>> boxes(FrontStand stand)
            throws InvalidProtocolBufferException {
        Map<String, List<Double>> out = new TreeMap<>();
        for (OutRecord r : stand.results(Topics.DETECTIONS)) {
            Contract.DetectionSet set = Contract.DetectionSet.parseFrom(r.value());
            List<Double> of =
                    out.computeIfAbsent(
                            new String(r.key(), StandardCharsets.UTF_8), k -> new ArrayList<>());
            assertThat(set.getSeq()).as("order of %s", set.getSensorId()).isEqualTo(of.size());
            of.add(set.getDetections(0).getBox().getX());
        }
        return out;
    }

    private static String sensor(int vehicle) {
        return "v%02d/top".formatted(vehicle);
    }

    private static float firstX(int vehicle, int seq) {
        return 5 + vehicle + seq / 64f;
    }

    private static ProducerRecord<byte[], byte[]> record(int vehicle, int seq) {
        PointCloud cloud = new PointCloud(300);
        for (int i = 0; i < 300; i++) {
            cloud.add(firstX(vehicle, seq) + i % 17, i % 23 - 11, i % 7 * 0.3f, 0.5f);
        }
        long end = Samples.EPOCH + seq * Samples.PERIOD;
        Sweep sweep =
                new Sweep(
                        "v%02d".formatted(vehicle),
                        sensor(vehicle),
                        "drive",
                        seq,
                        end - Samples.PERIOD,
                        end,
                        Sweep.Sector.WHOLE,
                        RigidTransform.IDENTITY,
                        null,
                        cloud);
        byte[] body = new SweepCodec().encode(sweep, SweepEncoding.XYZ_F32, 1);
        ProducerRecord<byte[], byte[]> out =
                new ProducerRecord<>(
                        Topics.SWEEPS,
                        vehicle,
                        sensor(vehicle).getBytes(StandardCharsets.UTF_8),
                        body);
        String id = EventIds.sweep("drive", sensor(vehicle), seq);
        new SweepHeaders(Origin.of(id, sweep), SweepHeaders.SWEEP_TYPE, end, 1)
                .write((name, bytes) -> out.headers().add(name, bytes));
        return out;
    }

    /** As a GPU: it takes its time without taking a core. */
    private void busyFor(long nanos) {
        long until = TimeSource.SYSTEM.monotonicNanos() + nanos;
        for (long left = nanos; left > 0; left = until - TimeSource.SYSTEM.monotonicNanos()) {
            LockSupport.parkNanos(left);
        }
        lateness.add(TimeSource.SYSTEM.monotonicNanos() - until);
    }
}
