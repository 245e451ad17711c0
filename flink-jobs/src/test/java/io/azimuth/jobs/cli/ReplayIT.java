package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.connectors.kafka.EmbeddedBroker;
import io.azimuth.connectors.kafka.TopicAdmin;
import io.azimuth.connectors.kafka.TopicReader;
import io.azimuth.connectors.kafka.TopicRecord;
import io.azimuth.connectors.wire.Topics;
import io.azimuth.jobs.config.AzimuthConfig;
import io.azimuth.jobs.pipeline.EmbeddedRunner;
import io.azimuth.jobs.pipeline.JobSpec;
import io.azimuth.jobs.pipeline.PipelineConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code azimuth replay} and {@code azimuth topic} at a broker. */
class ReplayIT {
    private static final int SWEEPS = 6;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir static Path shared;
    @TempDir Path dir;
    private static Path drive = Path.of("");

    @BeforeAll
    static void simulate() {
        drive = CliRun.tinyDrive(shared.resolve("drive"), SWEEPS);
    }

    @Test
    void aSpanOfADriveCanBeSentAndLookedAt() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir)) {
            String at = broker.bootstrapServers();
            CliRun.of("replay", drive, "--brokers", at)
                    .failedWith(ExitCode.OUTSIDE, Topics.SWEEPS, "--create-topics");
            CliRun.of("topic", "hz", "no.such", "--brokers", at)
                    .failedWith(ExitCode.OUTSIDE, "no.such");
            CliRun.of("replay", drive, "--brokers", at, "--start", 100, "--rate", "max")
                    .failedWith(ExitCode.USAGE, "--start", "no sweep");

            CliRun sent =
                    CliRun.of(
                                    "replay",
                                    drive,
                                    "--brokers",
                                    at,
                                    "--create-topics",
                                    "--rate",
                                    "max",
                                    "--start",
                                    0.15,
                                    "--duration",
                                    0.2)
                            .succeeded();

            assertThat(sent.err()).contains("2 sweeps sent");
            assertThat(CliRun.of("topic", "list", "--brokers", at).succeeded().out())
                    .containsPattern(Topics.SWEEPS + " +1 partitions +2 records");
            assertThat(CliRun.of("topic", "hz", Topics.SWEEPS, "--brokers", at).succeeded().out())
                    .contains("2 records");
            assertEchoes(at, List.of(2, 3));
        }
    }

    private static void assertEchoes(String at, List<Integer> numbers) throws IOException {
        CliRun echo = CliRun.of("topic", "echo", Topics.SWEEPS, "--brokers", at).succeeded();
        List<Integer> seen = new ArrayList<>();
        for (String line : echo.lines()) {
            seen.add(new ObjectMapper().readTree(line).path("seq").asInt());
        }
        assertThat(seen).isEqualTo(numbers);
    }

    @Test
    void inLockStepASweepWaitsForThePoseOfTheOneBefore() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir)) {
            String at = broker.bootstrapServers();
            try (TopicAdmin admin = new TopicAdmin(at)) {
                admin.createTopics(1, true);
            }
            try (EmbeddedRunner job = EmbeddedRunner.start(job(at))) {
                CliRun.of("replay", drive, "--brokers", at, "--rate", "max", "--lock-step")
                        .succeeded();
                job.await(DEADLINE);
            }

            List<TopicRecord> sweeps = records(at, Topics.SWEEPS);
            List<TopicRecord> poses = records(at, Topics.POSES);
            assertThat(sweeps).hasSize(SWEEPS);
            assertThat(poses).hasSize(SWEEPS);
            for (int i = 1; i < SWEEPS; i++) {
                assertThat(sweeps.get(i).timestampMillis())
                        .isGreaterThanOrEqualTo(poses.get(i - 1).timestampMillis());
            }
        }
    }

    private static JobSpec job(String at) {
        AzimuthConfig config = AzimuthConfig.defaults();
        return JobSpec.replay(
                at,
                Map.of(0, (long) SWEEPS),
                config.detector(),
                Stations.detector(config),
                PipelineConfig.defaults());
    }

    private static List<TopicRecord> records(String at, String topic) {
        List<TopicRecord> out = new ArrayList<>();
        try (TopicReader reader = new TopicReader(at, topic, false)) {
            reader.readToEnd(DEADLINE, out::add);
        }
        return out;
    }
}
