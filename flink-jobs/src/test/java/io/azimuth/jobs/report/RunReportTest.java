package io.azimuth.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.connectors.drive.SimulatedDrive;
import io.azimuth.jobs.report.Scores.SensorScores;
import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.simulation.TownConfig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the simulated town, all the way to the pictures. */
class RunReportTest {
    private static final int SWEEPS = 8;
    private static final double TEN_CENTIMETRES = 0.1; // over 8 sweeps without noise in time

    @TempDir static Path out;
    private static SimulatedDrive drive;
    private static RunResult result;
    private static RunReport report;

    @BeforeAll
    static void run() throws IOException {
        drive = new SimulatedDrive(TownConfig.of(7).withSweeps(SWEEPS));
        result = DirectRun.of(drive, SWEEPS);
        report = RunReport.write(result, drive, out, true);
    }

    @Test
    void picturesShowSomething() throws IOException {
        List<Path> pictures =
                report.files().stream().filter(f -> f.toString().endsWith(".png")).toList();

        assertThat(pictures).hasSize(2 + Pictures.SWEEPS);
        for (Path file : pictures) {
            BufferedImage image = ImageIO.read(file.toFile());
            BitSet colours = new BitSet(1 << 24);
            for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
                colours.set(image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff);
            }
            assertThat(image.getWidth()).as("width of " + file).isBetween(700, 1400);
            assertThat(colours.cardinality()).as("colours of " + file).isGreaterThan(50);
        }
    }

    @Test
    void theSameRunGivesTheSameBytes(@TempDir Path again) throws IOException {
        RunReport second = RunReport.write(result, drive, again, true);

        assertThat(second.table()).isEqualTo(report.table());
        for (Path file : report.files()) {
            assertThat(again.resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void scoresComeFromTheTruth() {
        SensorScores scores =
                Objects.requireNonNull(
                        report.scores().of(drive.info().sensors().get(0).sensorId()));

        TrajectoryError odometry = Objects.requireNonNull(scores.odometry());
        assertThat(odometry.poses()).isEqualTo(SWEEPS);
        assertThat(odometry.ateM()).isBetween(1e-6, TEN_CENTIMETRES);
        assertThat(Objects.requireNonNull(scores.detection()).rows())
                .anyMatch(r -> r.label().equals("vehicle") && r.all().found() > 0);
        assertThat(scores.tracks()).isNotNull();
    }

    @Test
    void theTableFitsATerminalAndHoldsTheAccount() {
        assertThat(report.table())
                .contains("8 in = 8 published + 0 dead + 0 late + 0 duplicate + 0 shed")
                .contains("odometry     drift ")
                .contains("  vehicle ");
        assertThat(report.table().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theFolderHoldsWhatTheReportSays() throws IOException {
        try (var found = Files.list(out)) {
            assertThat(found).containsExactlyInAnyOrderElementsOf(report.files());
        }
    }
}
