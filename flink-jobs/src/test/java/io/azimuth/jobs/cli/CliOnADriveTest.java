package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.registration.pcl.PclRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands without broker and Flink on five sweeps of a simulated 16-beam sensor. */
class CliOnADriveTest {
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
    void aSimulatedDriveGoesIntoNoFolderThatHoldsSomething() {
        CliRun.of("sim", "drive", drive, "--sweeps", 1)
                .failedWith(ExitCode.INPUT_MISSING, drive.toString(), "empty");
    }

    @Test
    void inspectPrintsOneJsonObject() throws IOException {
        JsonNode tree = JSON.readTree(CliRun.of("inspect", drive, "--json").succeeded().out());

        assertThat(tree.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(tree.path("sweeps").asInt()).isEqualTo(SWEEPS);
        assertThat(tree.path("pointsPerSweep").asInt()).isGreaterThan(5_000);
        assertThat(tree.path("guess").asText()).isNotBlank();
    }

    @Test
    void inspectOfOneCloudFileWorksToo() throws IOException {
        CliRun run = CliRun.of("inspect", CliRun.clouds(drive).get(2), "--json").succeeded();

        assertThat(JSON.readTree(run.out()).path("sweeps").asInt()).isEqualTo(1);
    }

    @Test
    void detectPrintsRowsOfTheAgreedColumns() {
        CliRun run = CliRun.of("detect", drive).succeeded();

        assertThat(run.lines().get(0)).isEqualTo(DetectionTable.HEADER);
        assertThat(run.lines()).hasSizeGreaterThan(1);
        assertThat(run.lines().stream().skip(1)).allMatch(l -> l.split(",").length == 10);
        assertThat(run.err()).contains("guess");
    }

    @Test
    void detectionsAsJsonAreOneObjectALine() throws IOException {
        List<String> lines = CliRun.of("detect", drive, "--format", "json").succeeded().lines();

        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            JsonNode row = JSON.readTree(line);
            assertThat(row.path("schemaVersion").asInt()).isEqualTo(1);
            assertThat(row.path("yaw").isNumber()).isTrue();
        }
    }

    @Test
    void numbersHaveAPointInEveryLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(CliRun.of("detect", drive).lines()).allMatch(l -> l.split(",").length == 10);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void odometryPrintsTwelveNumbersASweep() {
        List<String> lines = CliRun.of("odometry", drive).succeeded().lines();

        assertThat(lines).hasSize(SWEEPS);
        for (String line : lines) {
            assertThat(line).isEqualTo(line.strip());
            assertThat(Arrays.stream(line.split(" ")).map(Double::parseDouble)).hasSize(12);
        }
        assertThat(lines.get(0)).startsWith("1.0 0.0 0.0 0.0 ");
    }

    @Test
    void aRefinerOfPclWorksOrIsRefusedWithWhatToInstall() {
        CliRun run = CliRun.of("odometry", drive, "--set", "odometry.refiner=pcl-gicp");

        if (PclRuntime.probe().available()) {
            assertThat(run.succeeded().lines()).hasSize(SWEEPS);
        } else {
            run.failedWith(ExitCode.OUTSIDE, "pcl-gicp needs PCL", "install: apt-get");
        }
    }

    @Test
    void anUnknownRefinerIsAFaultOfTheConfiguration() {
        CliRun.of("odometry", drive, "--set", "odometry.refiner=magic")
                .failedWith(ExitCode.CONFIG, "magic", "scan-to-map", "vgicp");
    }

    @Test
    void odometryAsJsonParsesAndAsTumHasNanosecondDigits() throws IOException {
        for (String line : CliRun.of("odometry", drive, "--format", "json").succeeded().lines()) {
            assertThat(JSON.readTree(line).path("odomFromSensor")).hasSize(12);
        }
        assertThat(CliRun.of("odometry", drive, "--format", "tum").succeeded().lines())
                .hasSize(SWEEPS)
                .allMatch(line -> line.matches("\\d+\\.\\d{9}( -?[0-9.E-]+){7}"));
    }

    @Test
    void anotherSensorThanTheDriveHasIsAUsageError() {
        CliRun.of("odometry", drive, "--sensor", "left")
                .failedWith(ExitCode.USAGE, "left", "expected one of");
    }

    @Test
    void whatWouldSteerATerminalIsNotQuotedFromAFile() throws IOException {
        Path file =
                Files.writeString(dir.resolve("esc.pcd"), "VERSION \u001b[2J\n\u001b]0;x\u0007");

        CliRun run = CliRun.of("inspect", file).failedWith(ExitCode.INPUT_MALFORMED, "esc.pcd");

        assertThat(run.err()).doesNotContain("\u001b", "\u0007");
    }

    @Test
    void benchPrintsARowAStage() {
        assertThat(CliRun.of("bench", "stages", drive, "--warmup", 0).succeeded().out())
                .contains("decode", "detect", "odometry", "track", "load average");
    }

    @Test
    void aTruncatedCloudOfADriveIsNamedWithItsByte() throws IOException {
        Path broken = CliRun.tinyDrive(dir.resolve("broken"), 2);
        Path cloud = CliRun.truncateSweep(broken, 1);

        CliRun.of("odometry", broken)
                .failedWith(ExitCode.INPUT_MALFORMED, cloud.getFileName().toString(), "byte");
    }
}
