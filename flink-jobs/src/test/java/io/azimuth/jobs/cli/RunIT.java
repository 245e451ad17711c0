package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code azimuth run} with its own broker and Flink on twelve sweeps of a 16-beam sensor. */
class RunIT {
    private static final int SWEEPS = 12;
    private static final List<String> FILES =
            List.of(
                    "trajectory_kitti.txt",
                    "trajectory_tum.txt",
                    "detections.csv",
                    "tracks.csv",
                    "metrics.json",
                    "trajectory.png",
                    "config.yaml");

    @TempDir static Path shared;
    @TempDir Path dir;
    private static Path drive = Path.of("");

    @BeforeAll
    static void simulate() {
        drive = CliRun.tinyDrive(shared.resolve("drive"), SWEEPS);
    }

    @Test
    void aDriveLeavesAllResultsAndEverySweepIsPublished() throws IOException {
        Path out = dir.resolve("out");

        CliRun.of("run", drive, "--out", out).succeeded();

        assertThat(out).isDirectoryContaining(p -> p.getFileName().toString().matches("bev_.*png"));
        FILES.forEach(file -> assertThat(out.resolve(file)).isNotEmptyFile());
        assertThat(Files.readAllLines(out.resolve("trajectory_kitti.txt"))).hasSize(SWEEPS);
        assertThat(Files.readAllLines(out.resolve("trajectory_tum.txt"))).hasSize(SWEEPS);
        assertThat(Files.readAllLines(out.resolve("detections.csv")).get(0))
                .isEqualTo(DetectionTable.HEADER);
        JsonNode metrics = metrics(out);
        assertThat(metrics.path("sweeps").asInt()).isEqualTo(SWEEPS);
        assertThat(metrics.path("published").asInt()).isEqualTo(SWEEPS);
        for (String none : List.of("dead", "late", "duplicate", "shed")) {
            assertThat(metrics.path(none).asInt(-1)).as(none).isZero();
        }
        assertThat(metrics.path("odometry").path("ate_m").asDouble(9)).isLessThan(0.1);
        assertHasTheAgreedKeys(metrics);
        CliRun judged = CliRun.of("eval", "track", out, "--truth", drive, "--json").succeeded();
        assertThat(new ObjectMapper().readTree(judged.out()).path("misses").asInt(-1))
                .isEqualTo(metrics.path("tracks").path("misses").asInt());
    }

    private static void assertHasTheAgreedKeys(JsonNode metrics) {
        for (String key :
                List.of(
                        "points_per_sweep",
                        "sweeps_per_second",
                        "sweeps_per_second_warm",
                        "peak_rss_mb")) {
            assertThat(metrics.path(key).asDouble(0)).as(key).isPositive();
        }
        assertHas(metrics.path("latency_ms"), "p50", "p95", "p99");
        assertHas(metrics.path("stage_ms"), "decode", "detect", "odometry", "track");
        assertHas(
                metrics.path("odometry"),
                "drift_percent",
                "translation_percent",
                "rotation_deg_per_100m",
                "ate_m",
                "rpe_m");
        assertThat(metrics.path("detection").isObject()).isTrue();
    }

    @Test
    void oneCloudFileIsADriveOfOneSweep() throws IOException {
        Path out = dir.resolve("out");

        CliRun.of("run", CliRun.clouds(drive).get(3), "--out", out).succeeded();

        FILES.forEach(file -> assertThat(out.resolve(file)).isNotEmptyFile());
        assertThat(metrics(out).path("published").asInt()).isEqualTo(1);
        assertThat(metrics(out).has("detection")).isFalse();
    }

    @Test
    void aTruncatedCloudIsNamedAndTheOthersArePublished() throws IOException {
        Path broken = CliRun.tinyDrive(dir.resolve("broken"), SWEEPS);
        String cloud = CliRun.truncateSweep(broken, 4).getFileName().toString();
        Path out = dir.resolve("out");

        CliRun strict = CliRun.of("run", broken, "--out", out, "--no-pictures", "--parallelism", 2);
        CliRun lenient =
                CliRun.of(
                        "run",
                        broken,
                        "--out",
                        out,
                        "--no-pictures",
                        "--keep-going",
                        "--delivery",
                        "exactly_once",
                        "--set",
                        "detector=geometric");

        assertThat(strict.code()).as(strict.err()).isEqualTo(ExitCode.INPUT_MALFORMED.number());
        assertThat(lenient.code()).as(lenient.err()).isEqualTo(ExitCode.PARTIAL.number());
        assertThat(strict.err()).contains(cloud, "byte").doesNotContain("\tat ");
        assertThat(metrics(out).path("published").asInt()).isEqualTo(SWEEPS - 1);
        assertThat(metrics(out).path("dead").asInt()).isEqualTo(1);
        assertThat(Files.readAllLines(out.resolve("trajectory_kitti.txt")))
                .hasSizeBetween(SWEEPS - 1, SWEEPS);
    }

    private static JsonNode metrics(Path out) throws IOException {
        return new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    }

    private static void assertHas(JsonNode node, String... keys) {
        assertThat(node.fieldNames()).toIterable().contains(keys);
    }
}
