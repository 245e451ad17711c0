package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code eval registration} on four pairs, one of them negative. */
class CliEvalRegistrationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MATRIX = "m00,m01,m02,m03,m10,m11,m12,m13,m20,m21,m22,m23";
    private static final String SAID = "target,source,status,reason," + MATRIX + "\n";
    private static final String NAN = ",nan,nan,nan,nan,nan,nan,nan,nan,nan,nan,nan,nan";

    @TempDir Path dir;
    private Path truth = Path.of("");

    @BeforeEach
    void writeTruth() throws IOException {
        truth = dir.resolve("pairs.csv");
        Files.writeString(
                truth,
                "target,source,distance,angle_deg,"
                        + MATRIX
                        + ",overlap,negative,town\n"
                        + ("0,1,3.000,0.000" + at(3) + ",0.6000,0,7\n")
                        + ("2,3,8.000,0.000" + at(8) + ",0.3000,0,7\n")
                        + ("4,5,8.000,0.000" + at(8) + ",0.3000,0,7\n")
                        + ("6,7,nan,nan" + NAN + ",0.0100,1,8\n"));
    }

    @Test
    void figuresAreThoseOfTheScoresAndKeepToTheirSchema() throws IOException {
        Path said =
                estimates(
                        "0,1,accepted,"
                                + at(3.05)
                                + "\n2,3,accepted,"
                                + at(8.2)
                                + "\n4,5,refused,few inliers"
                                + NAN
                                + "\n6,7,accepted,"
                                + at(1));

        CliRun run =
                CliRun.of("eval", "registration", said, "--truth", truth, "--json").succeeded();

        JsonNode out = JSON.readTree(run.out());
        assertThat(JsonSchemaCheck.faults(schema(), out)).isEmpty();
        assertThat(out.path("refused").asInt()).isEqualTo(1);
        assertThat(out.path("unmatchable_accepted").asInt()).isEqualTo(1);
        assertThat(out.path("1.5deg_0.3m.recall").asDouble()).isEqualTo(2 / 3.0);
        assertThat(out.path("1deg_0.1m.recall").asDouble()).isEqualTo(1 / 3.0);
        assertThat(out.path("5deg_2m.precision").asDouble()).isEqualTo(2 / 3.0);
        assertThat(out.path("distance_5_10.pairs").asInt()).isEqualTo(2);
        assertThat(out.path("1.5deg_0.3m.overlap_0.2_0.4.recall").asDouble()).isEqualTo(0.5);
        CliRun table = CliRun.of("eval", "registration", said, "--truth", truth).succeeded();
        assertThat(table.lines().stream().map(String::length).distinct()).hasSize(1);
    }

    @Test
    void aRequirementThatFailsEndsWithItsExitCode() throws IOException {
        Path said = estimates("0,1,accepted," + at(3));

        CliRun.of("eval", "registration", said, "--truth", truth, "--require", "missing<3")
                .succeeded();
        CliRun.of(
                        "eval",
                        "registration",
                        said,
                        "--truth",
                        truth,
                        "--require",
                        "1.5deg_0.3m.recall>0.5")
                .failedWith(ExitCode.BELOW_THRESHOLD, "1.5deg_0.3m.recall", "0.333");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1,maybe,,1,0,0,0,0,1,0,0,0,0,1,0 | status is 'maybe', accepted is accepted or",
                "0,x,accepted,,1,0,0,0,0,1,0,0,0,0,1,0 | source is 'x'",
                "0,1,accepted,,1,0,0,0,0,1,0,0,0,0,1 | 15 cells, expected 16",
                "0,1,accepted,,1,0,0,z,0,1,0,0,0,0,1,0 | m03 is 'z'",
                "0,1,accepted,,2,0,0,0,0,1,0,0,0,0,1,0 | m00 .. m23",
                "0,1,accepted,,1,0,0,nan,0,1,0,0,0,0,1,0 | 1 of m00 .. m23 are nan",
                "2,3,refused,,1,0,0,0,0,1,0,0,0,0,1,0 | is in line 2 already",
            })
    void aBadRowIsNamedByItsLine(String row, String problem) throws IOException {
        Path said = estimates("2,3,accepted," + at(8) + "\n" + row);

        CliRun.of("eval", "registration", said, "--truth", truth)
                .failedWith(ExitCode.INPUT_MALFORMED, "said.csv", "line 3", problem);
    }

    @Test
    void filesThatAreNoPairsAreMalformed() throws IOException {
        Path said = estimates("0,1,accepted," + at(3));
        Path binary = Files.write(dir.resolve("binary.csv"), new byte[] {-1, -2, 0, 7});
        Path empty = Files.createFile(dir.resolve("empty.csv"));
        Path positive = dir.resolve("positive.csv");
        Files.writeString(positive, "target,source," + MATRIX + "\n0,1" + NAN + "\n");

        CliRun.of("eval", "registration", binary, "--truth", truth)
                .failedWith(ExitCode.INPUT_MALFORMED, "binary.csv", "no UTF-8 text");
        CliRun.of("eval", "registration", said, "--truth", empty)
                .failedWith(ExitCode.INPUT_MALFORMED, "empty.csv", "no column 'target'");
        CliRun.of("eval", "registration", said, "--truth", positive)
                .failedWith(ExitCode.INPUT_MALFORMED, "positive.csv", "line 2", "not negative");
        CliRun.of("eval", "registration", said, "--truth", dir.resolve("none.csv"))
                .failedWith(ExitCode.INPUT_MISSING, "none.csv");
        CliRun.of("eval", "registration", estimates("8,9,refused,x" + NAN), "--truth", truth)
                .failedWith(ExitCode.INPUT_MALFORMED, "target 8, source 9", "no truth");
    }

    private Path estimates(String rows) throws IOException {
        return Files.writeString(dir.resolve("said.csv"), SAID + rows + "\n");
    }

    private static String at(double x) {
        return ",1,0,0," + x + ",0,1,0,0,0,0,1,0";
    }

    private static JsonNode schema() throws IOException {
        Path file = Path.of("docs/schema/eval-registration-v1.json");
        Path fromModule = Path.of("..").resolve(file);
        return JSON.readTree((Files.exists(file) ? file : fromModule).toFile());
    }
}
