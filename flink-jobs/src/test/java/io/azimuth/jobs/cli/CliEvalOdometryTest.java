package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eval odom}: alignment, step and association by time, on a straight path of 2 m steps. */
class CliEvalOdometryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Offset<Double> EXACT = within(1e-9);
    private static final int POSES = 11;

    @TempDir Path dir;

    @Test
    void alignmentChoosesTheFigureOfPositions() throws IOException {
        // a path that is 1 m beside the truth and otherwise the same
        Path truth = kitti("truth.txt", 0, 2);
        Path beside = kitti("beside.txt", 1, 2);

        assertThat(figure(beside, truth, "ate_m", "--align", "none")).isCloseTo(1, EXACT);
        assertThat(figure(beside, truth, "ate_m", "--align", "origin")).isCloseTo(0, EXACT);
        assertThat(figure(beside, truth, "ate_m", "--align", "se3")).isCloseTo(0, EXACT);
    }

    @Test
    void withoutOptionsAlignmentIsTheBestAndAStepIsOnePose() throws IOException {
        Path truth = kitti("truth.txt", 0, 2);
        Path longer = kitti("longer.txt", 0, 2.02);

        // errors 0.02 (i - 5), i = 0 .. 10: mean square 0.0004 * 10
        assertThat(figure(longer, truth, "ate_m")).isCloseTo(0.02 * Math.sqrt(10), EXACT);
        assertThat(figure(longer, truth, "rpe_m")).isCloseTo(0.02, EXACT);
        assertThat(figure(longer, truth, "rpe_steps")).isEqualTo(10);
    }

    @Test
    void stepsAreOfPosesOrMetres() throws IOException {
        Path truth = kitti("truth.txt", 0, 2);
        Path longer = kitti("longer.txt", 0, 2.02);

        assertThat(figure(longer, truth, "rpe_m", "--delta", "3")).isCloseTo(0.06, EXACT);
        assertThat(figure(longer, truth, "rpe_steps", "--delta", "3")).isEqualTo(3);
        assertThat(figure(longer, truth, "rpe_m", "--delta", "9.5m")).isCloseTo(0.1, EXACT);
        assertThat(figure(longer, truth, "rpe_steps", "--delta", "9.5m")).isEqualTo(2);
        assertThat(json(longer, truth, "--delta", "50m").path("rpe_m").isNull()).isTrue();
    }

    @Test
    void stampsThatAreNearAreComparedIfAskedFor() throws IOException {
        Path truth = tum("truth.tum", 0);
        Path late = tum("late.tum", 4_000_000);

        CliRun.of("eval", "odom", late, "--truth", truth)
                .failedWith(ExitCode.INPUT_MALFORMED, "share no sweep");
        assertThat(figure(late, truth, "pairs", "--max-dt", "0.01")).isEqualTo(POSES);
        CliRun.of("eval", "odom", late, "--truth", truth, "--max-dt", "0.003")
                .failedWith(ExitCode.INPUT_MALFORMED, "share no sweep");
        Path rows = kitti("truth.txt", 0, 2);
        CliRun.of("eval", "odom", rows, "--truth", rows, "--max-dt", "0.01")
                .failedWith(ExitCode.USAGE, "--max-dt", "expected TUM");
    }

    private static double figure(Path file, Path truth, String name, Object... options)
            throws IOException {
        return json(file, truth, options).path(name).asDouble(-1);
    }

    /** What it prints, which keeps to its schema. */
    private static JsonNode json(Path file, Path truth, Object... options) throws IOException {
        Object[] args = Arrays.copyOf(new Object[] {"eval", "odom", file, "--truth", truth}, 6);
        args[5] = "--json";
        Object[] all = Arrays.copyOf(args, 6 + options.length);
        System.arraycopy(options, 0, all, 6, options.length);
        JsonNode out = JSON.readTree(CliRun.of(all).succeeded().out());
        assertThat(JsonSchemaCheck.faults(schema(), out)).isEmpty();
        return out;
    }

    private Path kitti(String name, double y, double step) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < POSES; i++) {
            text.append("1 0 0 ").append(i * step).append(" 0 1 0 ").append(y);
            text.append(" 0 0 1 0\n");
        }
        return Files.writeString(dir.resolve(name), text);
    }

    private Path tum(String name, int lateNanos) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < POSES; i++) {
            text.append("%d.%09d %d 0 0 0 0 0 1%n".formatted(100 + i, lateNanos, 2 * i));
        }
        return Files.writeString(dir.resolve(name), text);
    }

    private static JsonNode schema() throws IOException {
        Path file = Path.of("docs/schema/eval-odometry-v1.json");
        Path fromModule = Path.of("..").resolve(file);
        return JSON.readTree((Files.exists(file) ? file : fromModule).toFile());
    }
}
