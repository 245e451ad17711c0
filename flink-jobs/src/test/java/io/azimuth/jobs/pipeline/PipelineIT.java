package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.connectors.wire.proto.Contract.Fate;
import io.azimuth.perception.inference.serving.Batching;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job between a real broker and a cluster in this JVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineIT {
    private static final int SWEEPS = 40;
    private static final int SENSORS = 4;

    @TempDir static Path dir;

    private final List<Fleet.Sent> troubled = Fleet.troubled(SWEEPS, 2);
    private Trial reference;

    @BeforeAll
    void runAtParallelismOne() throws Exception {
        reference = run("reference", troubled, 2, false, PipelineConfig.defaults());
    }

    @Test
    void everyRecordHasExactlyOneFate() {
        assertThat(reference.fates()).hasSize(troubled.size());
        assertThat(reference.count(Fate.DUPLICATE)).isEqualTo(SENSORS);
        assertThat(reference.count(Fate.SHED)).isZero();
        // overtaken by a successor, and a stamp far back
        assertThat(reference.count(Fate.LATE)).isEqualTo(2 * SENSORS);
        // garbage, cut, empty, garbage without headers, checksum, a bug in the detector
        assertThat(reference.count(Fate.DEAD)).isEqualTo(6 * SENSORS);
        assertThat(reference.count(Fate.PUBLISHED))
                .isEqualTo(troubled.size() - (1 + 2 + 6) * SENSORS);
    }

    @Test
    void everyDeadRecordHasALetterWithItsBytesAndItsReason() {
        Map<String, Long> codes =
                reference.letters().stream()
                        .map(r -> header(r, DeadLetters.CODE))
                        .collect(
                                Collectors.groupingBy(c -> c, TreeMap::new, Collectors.counting()));

        assertThat(codes.values().stream().mapToLong(n -> n).sum()).isEqualTo(6 * SENSORS);
        assertThat(codes).containsEntry("BAD_CRC", 4L).containsEntry("DETECTOR_FAILED", 4L);
        for (var letter : reference.letters()) {
            Fleet.Sent original = originalOf(letter);
            assertThat(letter.value())
                    .isEqualTo(
                            original.record().value() == null
                                    ? new byte[0]
                                    : original.record().value());
        }
    }

    @Test
    void cropsAreRecognisedOnTheirWay() {
        long recognised =
                reference.values().entrySet().stream()
                        .filter(e -> e.getKey().contains(Topics.DETECTIONS))
                        .flatMap(e -> e.getValue().stream())
                        .filter(PipelineIT::hasAnEmbedding)
                        .count();

        assertThat(recognised).isPositive();
    }

    private static boolean hasAnEmbedding(String hex) {
        try {
            Contract.DetectionSet set =
                    Contract.DetectionSet.parseFrom(HexFormat.of().parseHex(hex));
            return set.getDetectionsCount() == 1
                    && set.getDetections(0).getEmbedding().size() == 64;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(hex, e);
        }
    }

    private Fleet.Sent originalOf(io.azimuth.connectors.kafka.TopicRecord letter) {
        int partition = Integer.parseInt(header(letter, DeadLetters.SOURCE_PARTITION));
        int offset = Integer.parseInt(header(letter, DeadLetters.SOURCE_OFFSET));
        return troubled.stream()
                .filter(s -> s.record().partition() == partition)
                .toList()
                .get(offset);
    }

    @ParameterizedTest
    @CsvSource({"2,false,1", "4,false,7", "1,true,1", "1,true,6", "4,true,3"})
    void resultsAreEqualInEveryByteAtAnyParallelismRateAndNumberUnderWay(
            int parallelism, boolean paced, int ring) throws Exception {
        Trial trial =
                run(
                        "p" + parallelism + paced + ring,
                        troubled,
                        2,
                        paced,
                        PipelineConfig.defaults()
                                .withParallelism(parallelism)
                                .withBatching(Batching.none().withRing(ring)));

        assertThat(trial.fates()).isEqualTo(reference.fates());
        assertThat(trial.values()).isEqualTo(reference.values());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void exactlyOnceGivesTheSameResults(int ring) throws Exception {
        Trial trial =
                run(
                        "eos" + ring,
                        troubled,
                        2,
                        false,
                        PipelineConfig.defaults()
                                .withParallelism(2)
                                .withBatching(Batching.none().withRing(ring))
                                .withDelivery(PipelineConfig.Delivery.EXACTLY_ONCE)
                                .withCheckpoints(Duration.ofMillis(500), null));

        assertThat(trial.fates()).isEqualTo(reference.fates());
        assertThat(trial.values()).isEqualTo(reference.values());
    }

    /**
     * A restart repeats results since the last checkpoint; those are equal, so dropping them heals.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void aCrashChangesNothingButRepetition(int ring) throws Exception {
        CrashingDetector.arm();
        Trial trial =
                run(
                        "crash" + ring,
                        troubled,
                        2,
                        true,
                        PipelineConfig.defaults()
                                .withParallelism(2)
                                .withBatching(Batching.none().withRing(ring))
                                .withCheckpoints(Duration.ofMillis(300), null));

        assertThat(CrashingDetector.hasCrashed()).isTrue();
        assertThat(withoutRepetition(trial.fates()))
                .isEqualTo(withoutRepetition(reference.fates()));
        assertThat(trial.values().keySet()).isEqualTo(reference.values().keySet());
        trial.values()
                .forEach(
                        (key, values) ->
                                assertThat(withoutRepetition(values))
                                        .as(key)
                                        .isEqualTo(withoutRepetition(reference.values().get(key))));
    }

    /** Each value once, where it first stood. */
    private static List<String> withoutRepetition(List<String> values) {
        return List.copyOf(new LinkedHashSet<>(values));
    }

    @Test
    void cleanDrivesOnePartitionASensorAreAllPublished() throws Exception {
        List<Fleet.Sent> clean = Fleet.clean(Fleet.POISON_DETECTOR_SEQ, SENSORS);

        Trial trial =
                run(
                        "clean",
                        clean,
                        SENSORS,
                        false,
                        PipelineConfig.defaults().withParallelism(2).withWatermarkBoundMillis(0));

        assertThat(trial.count(Fate.PUBLISHED)).isEqualTo(clean.size());
        assertThat(trial.fates()).noneMatch(line -> line.contains("UNTRACKED v1"));
    }

    private Trial run(
            String name,
            List<Fleet.Sent> fleet,
            int partitions,
            boolean paced,
            PipelineConfig config)
            throws Exception {
        return Trial.run(dir.resolve(name), fleet, partitions, paced, config);
    }

    private static String header(io.azimuth.connectors.kafka.TopicRecord record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
