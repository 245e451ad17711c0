package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.connectors.kafka.EmbeddedBroker;
import io.azimuth.connectors.kafka.KafkaSettings;
import io.azimuth.connectors.kafka.TopicAdmin;
import io.azimuth.connectors.kafka.TopicReader;
import io.azimuth.connectors.kafka.TopicRecord;
import io.azimuth.connectors.wire.EventIds;
import io.azimuth.connectors.wire.Origin;
import io.azimuth.connectors.wire.SweepCodec;
import io.azimuth.connectors.wire.SweepEncoding;
import io.azimuth.connectors.wire.SweepHeaders;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.inference.serving.BatchStats;
import io.azimuth.perception.inference.serving.Batching;
import io.azimuth.perception.inference.serving.BatchingBackend;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import io.azimuth.perception.inference.tensorrt.TrtStand;
import io.azimuth.perception.inference.tensorrt.seam.OrtBackedTrtNative;
import io.azimuth.perception.polar.PolarDetectorConfig;
import io.azimuth.perception.polar.PolarModels;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The shipped network in the whole job, run by the engine of TensorRT over a device that computes
 * by ONNX Runtime: what it publishes are the CPU engine's bytes, whichever sweeps shared a run.
 * This tests our contexts, batches and operators, not TensorRT.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenFlowIT {
    private static final int SENSORS = 4;
    private static final int SWEEPS = 3;

    /**
     * Long enough for a busy machine to bring rows together; on a quiet one, batches fill sooner.
     */
    private static final long TOGETHER_NANOS = 100_000_000;

    private static final Duration DEADLINE = Duration.ofMinutes(4);

    @TempDir static Path dir;

    /** The job's operators find it here: they live in this process. */
    private static InferenceBackend engine = new OrtBackend();

    private final ModelBundle bundle = PolarModels.read(PolarModels.NANO);
    private final Map<String, Integer> seen = new HashMap<>();
    private EmbeddedBroker broker;
    private SortedMap<String, List<String>> expected;

    @BeforeAll
    void runOnTheCpu() throws Exception {
        broker = EmbeddedBroker.start(dir.resolve("broker"));
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                KafkaSettings.sweepProducer(broker.bootstrapServers()))) {
            admin.createTopics(SENSORS, true);
            for (ProducerRecord<byte[], byte[]> record : sweeps()) {
                producer.send(record).get();
            }
        }
        expected = run(new OrtBackend(), 1, Batching.none());
    }

    @AfterAll
    void stop() throws Exception {
        engine = new OrtBackend();
        broker.close();
    }

    @Test
    void theCpuFindsObjectsAndPublishesEverySweep() {
        List<String> fates = new ArrayList<>();
        expected.forEach(
                (key, values) -> {
                    if (key.startsWith(Topics.ACCOUNTING)) {
                        fates.addAll(values);
                    }
                });
        assertThat(fates)
                .hasSize(SENSORS * SWEEPS)
                .allMatch(line -> line.endsWith(Contract.Fate.PUBLISHED.name()));
        assertThat(expected.keySet().stream().filter(k -> k.startsWith(Topics.DETECTIONS)))
                .hasSize(SENSORS);
        assertThat(expected.keySet().stream().filter(k -> k.startsWith(Topics.TRACKS)))
                .isNotEmpty();
        assertThat(expected.get(Topics.DETECTIONS + " v0/top").get(0).length())
                .as("an answer with boxes in it")
                .isGreaterThan(400);
    }

    @ParameterizedTest(name = "cap {0}, parallelism {1}")
    @CsvSource({"1, 1", "1, 2", "1, 4", "2, 1", "2, 2", "2, 4", "8, 1", "8, 2", "8, 4"})
    void theEngineGivesTheCpusBytesWhateverTravelsTogether(int cap, int parallelism)
            throws Exception {
        OrtBackedTrtNative device = new OrtBackedTrtNative(bundle); // one each: it keeps all memory
        TrtOptions options = TrtOptions.defaults().withOneShape(true);
        try (device;
                TrtStand stand = new TrtStand(device, dir.resolve("plans"), options)) {
            BatchingBackend batching =
                    new BatchingBackend(stand.backend, cap, TOGETHER_NANOS, Batching.GPU_CAP);

            assertThat(run(batching, parallelism, new Batching(cap, 0, ring(cap, parallelism))))
                    .isEqualTo(expected);

            BatchStats stats = batching.stats();
            assertThat(stats.rows()).isEqualTo(SENSORS * SWEEPS);
            if (cap > 1) {
                assertThat(stats.batches()).as("%s", stats.sizes()).isLessThan(stats.rows());
            }
            assertThat(device.wrong()).isEmpty();
            assertThat(device.alive()).containsExactly("runtime");
        } finally {
            engine = new OrtBackend();
        }
    }

    /** As many as fill one batch together; a sweep under way takes 20 MB of network's buffers. */
    private static int ring(int cap, int parallelism) {
        return cap == 1 ? 1 : Math.max(2, cap / parallelism);
    }

    private SortedMap<String, List<String>> run(
            InferenceBackend by, int parallelism, Batching batching) throws Exception {
        engine = by;
        Map<Integer, Long> stop = new HashMap<>();
        for (int p = 0; p < SENSORS; p++) {
            stop.put(p, (long) SWEEPS);
        }
        PipelineConfig config =
                PipelineConfig.defaults().withParallelism(parallelism).withBatching(batching);
        JobSpec spec =
                JobSpec.replay(
                        broker.bootstrapServers(),
                        stop,
                        Detectors.POLAR,
                        Detectors.polar(
                                PolarDetectorConfig.defaults(),
                                gpu -> engine,
                                gpu -> new OrtBackend()), // the second stage travels alone
                        config);
        try (EmbeddedRunner runner = EmbeddedRunner.start(spec)) {
            runner.await(DEADLINE);
        }
        return newResults();
    }

    /** What came to the result topics since the last call, by topic and key in their order. */
    private SortedMap<String, List<String>> newResults() throws Exception {
        SortedMap<String, List<String>> out = new TreeMap<>();
        for (String topic :
                List.of(
                        Topics.DETECTIONS,
                        Topics.POSES,
                        Topics.TRACKS,
                        Topics.DEAD_LETTERS,
                        Topics.ACCOUNTING)) {
            List<TopicRecord> all = new ArrayList<>();
            try (TopicReader reader = new TopicReader(broker.bootstrapServers(), topic, true)) {
                reader.readToEnd(DEADLINE, all::add);
            }
            Map<String, List<String>> byKey = new TreeMap<>();
            for (TopicRecord r : all) {
                byKey.computeIfAbsent(topic + " " + r.key(), k -> new ArrayList<>())
                        .add(
                                topic.equals(Topics.ACCOUNTING)
                                        ? fate(r)
                                        : HexFormat.of().formatHex(r.value()));
            }
            byKey.forEach(
                    (key, values) -> {
                        int from = seen.getOrDefault(key, 0);
                        seen.put(key, values.size());
                        out.put(key, new ArrayList<>(values.subList(from, values.size())));
                    });
        }
        return out;
    }

    private static String fate(TopicRecord r) {
        try {
            Contract.SweepFate fate = Contract.SweepFate.parseFrom(r.value());
            return fate.getEventId() + " " + fate.getFate();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Four vehicles in one street, each a little further on: 16 beams, real towns' objects. */
    private static List<ProducerRecord<byte[], byte[]>> sweeps() {
        TownConfig town = TownConfig.of(4).withSensors(SensorModel.vlp16("top"));
        TownDrive drive = new TownDrive(town.withSweeps(SENSORS * SWEEPS));
        List<ProducerRecord<byte[], byte[]>> out = new ArrayList<>();
        for (int seq = 0; seq < SWEEPS; seq++) {
            for (int s = 0; s < SENSORS; s++) {
                out.add(record(drive.sweep(0, 0, s * SWEEPS + seq).sweep(), s, seq));
            }
        }
        return out;
    }

    private static ProducerRecord<byte[], byte[]> record(Sweep from, int s, int seq) {
        long end = Samples.EPOCH + seq * Samples.PERIOD + s * 20_000_000L;
        Sweep sweep =
                new Sweep(
                        "v" + s,
                        "v" + s + "/top",
                        "golden",
                        seq,
                        end - Samples.PERIOD,
                        end,
                        Sweep.Sector.WHOLE,
                        from.egoFromSensor(),
                        from.beams(),
                        from.points());
        ProducerRecord<byte[], byte[]> out =
                new ProducerRecord<>(
                        Topics.SWEEPS,
                        s,
                        sweep.sensorId().getBytes(StandardCharsets.UTF_8),
                        new SweepCodec().encode(sweep, SweepEncoding.XYZ_F32, 1));
        String id = EventIds.sweep("golden", sweep.sensorId(), seq);
        new SweepHeaders(Origin.of(id, sweep), SweepHeaders.SWEEP_TYPE, end, 1)
                .write((name, bytes) -> out.headers().add(name, bytes));
        return out;
    }
}
