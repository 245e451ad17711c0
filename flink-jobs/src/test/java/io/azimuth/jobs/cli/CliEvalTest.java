package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scoring what other commands wrote, good and bad. */
class CliEvalTest {
    private static final int SWEEPS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir static Path shared;
    @TempDir Path dir;
    private static Path drive = Path.of("");

    @BeforeAll
    static void simulate() {
        drive = CliRun.tinyDrive(shared.resolve("drive"), SWEEPS);
    }

    @Test
    void odometryOfATinyDriveIsCloseToItsTruth() throws IOException {
        Path estimate = odometry();
        Path truth = drive.resolve("poses_reference.txt");

        CliRun run = CliRun.of("eval", "odom", estimate, "--truth", truth, "--json").succeeded();

        JsonNode figures = JSON.readTree(run.out());
        assertThat(figures.path("pairs").asInt()).isEqualTo(SWEEPS);
        assertThat(figures.path("ate_m").asDouble(9)).isLessThan(0.1);
        CliRun.of("eval", "odom", estimate, "--truth", truth, "--require", "ate_m<0.1").succeeded();
        CliRun.of("eval", "odom", estimate, "--truth", truth, "--require", "ate_m<1e-9")
                .failedWith(ExitCode.BELOW_THRESHOLD, "ate_m", "1e-9");
        CliRun.of("eval", "odom", estimate, "--truth", truth, "--require", "ate<1")
                .failedWith(ExitCode.USAGE, "'ate'", "ate_m");
    }

    @Test
    void trajectoriesThatDoNotGoTogetherAreNamed() throws IOException {
        Path kitti = odometry();
        Path tum = dir.resolve("tum.txt");
        Files.writeString(tum, CliRun.of("odometry", drive, "--format", "tum").out());
        Path shorter = dir.resolve("shorter.txt");
        Files.write(shorter, Files.readAllLines(kitti).subList(0, 3));

        CliRun.of("eval", "odom", tum, "--truth", kitti)
                .failedWith(ExitCode.INPUT_MALFORMED, "tum.txt is TUM", "poses.txt is KITTI");
        CliRun run = CliRun.of("eval", "odom", shorter, "--truth", kitti, "--json").succeeded();
        assertThat(JSON.readTree(run.out()).path("unmatched").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 0 0", "1 0 0 x 0 1 0 0 0 0 1 0", "1 0 0 NaN 0 1 0 0 0 0 1 0"})
    void aBadRowOfATrajectoryIsNamedByItsLine(String row) throws IOException {
        Path kitti = odometry();
        Path bad = Files.writeString(dir.resolve("bad.txt"), Files.readString(kitti) + row + "\n");

        CliRun.of("eval", "odom", bad, "--truth", kitti)
                .failedWith(ExitCode.INPUT_MALFORMED, "bad.txt", "line " + (SWEEPS + 1));
    }

    @Test
    void aTrajectoryThatIsEmptyOrNoTextIsMalformed() throws IOException {
        Path kitti = odometry();
        Path empty = Files.createFile(dir.resolve("empty.txt"));
        Path binary = Files.write(dir.resolve("binary.txt"), new byte[] {-1, -2, 0, 7});

        CliRun.of("eval", "odom", empty, "--truth", kitti)
                .failedWith(ExitCode.INPUT_MALFORMED, "empty.txt", "no pose");
        CliRun.of("eval", "odom", kitti, "--truth", binary)
                .failedWith(ExitCode.INPUT_MALFORMED, "binary.txt", "no text");
        CliRun.of("eval", "detect", binary, "--truth", drive)
                .failedWith(ExitCode.INPUT_MALFORMED, "binary.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0,vehicle,0.5,1,2,3",
                "0,ship,0.5,1,2,0,4,2,1.5,0",
                "0,vehicle,x,1,2,0,4,2,1,0"
            })
    void aBadRowOfDetectionsIsNamedByItsLine(String row) throws IOException {
        Path bad = Files.writeString(dir.resolve("d.csv"), DetectionTable.HEADER + "\n" + row);

        CliRun.of("eval", "detect", bad, "--truth", drive)
                .failedWith(ExitCode.INPUT_MALFORMED, "d.csv", "line 2");
    }

    @Test
    void detectionsOfADriveAreScored() throws IOException {
        Path file = dir.resolve("detections.csv");
        Files.writeString(file, CliRun.of("detect", drive).out());

        CliRun run = CliRun.of("eval", "detect", file, "--truth", drive, "--json").succeeded();

        assertThat(JSON.readTree(run.out()).path("schemaVersion").asInt()).isEqualTo(1);
    }

    private Path odometry() throws IOException {
        return Files.writeString(dir.resolve("poses.txt"), CliRun.of("odometry", drive).out());
    }
}
