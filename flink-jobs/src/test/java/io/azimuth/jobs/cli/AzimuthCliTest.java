package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad command lines, bad settings, bad files: exit codes and messages. */
class AzimuthCliTest {
    @TempDir Path dir;

    @ParameterizedTest
    @CsvSource({
        "odomtry, odometry",
        "config chek, check",
        "eval odm, odom",
        "bench steges D, stages",
        "inspect . --jsn, --json",
        "detect . --frmat csv, --format",
        "run . --out o --paralelism 2, --parallelism",
    })
    void anUnknownWordIsAUsageErrorThatNamesTheNearestOne(String line, String nearest) {
        CliRun.of((Object[]) line.split(" ")).failedWith(ExitCode.USAGE, nearest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect",
                "model info",
                "model verify",
                "model bench",
                "detect",
                "odometry",
                "run --out o",
                "replay --brokers localhost:9092",
                "sim drive",
                "sim frames --count 1",
                "sim pairs --profile sim-lo --count 1",
                "bench stages",
                "bench simulator",
                "eval odom --truth t",
                "eval detect --truth t",
                "eval registration --truth t",
                "topic hz --brokers localhost:9092",
                "topic echo --brokers localhost:9092",
                "completion"
            })
    void aMissingPathIsAUsageErrorWithoutADefault(String line) {
        CliRun.of((Object[]) line.split(" ")).failedWith(ExitCode.USAGE, "Missing required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sim", "bench", "eval", "topic", "config", "model"})
    void aCommandWithoutItsSubcommandNamesThem(String line) {
        Object[] words = line.isEmpty() ? new Object[0] : new Object[] {line};
        CliRun.of(words).failedWith(ExitCode.USAGE, line.isEmpty() ? "odometry" : "what?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sim drive D --sweeps 0",
                "sim frames D --count 0",
                "sim pairs D --profile sim-lo --count 0",
                "sim pairs D --profile near --count 1",
                "sim frames D --count 1 --sizes huge",
                "sim drive D --lidars 3",
                "sim drive D --sweeps many",
                "bench stages D --warmup -1",
                "bench simulator --real D --out O --every 0",
                "inspect D --sweeps -1",
                "detect D --min-score high",
                "run D --out O --parallelism 0",
                "run D --out O --rate fast",
                "replay D --brokers localhost:1 --rate 0",
                "replay D --brokers localhost:1 --start -1",
                "eval odom F --truth F --require ate",
                "eval registration F --truth F --require recall",
                "eval odom F --truth F --align sim3",
                "eval odom F --truth F --delta 0m",
                "eval odom F --truth F --max-dt -1",
                "eval detect F --truth F --max-range -5",
                "eval detect F --truth F --min-points -5",
                "topic echo t --brokers localhost:1 --count -3",
                "odometry D --format xml"
            })
    void aValueOutOfRangeIsAUsageErrorThatSaysWhatIsExpected(String line) {
        CliRun run = CliRun.of((Object[]) line.split(" ")).failedWith(ExitCode.USAGE);

        assertThat(run.err()).containsAnyOf("expected", "is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "detect", "odometry", "run --out o", "bench stages"})
    void aPathThatIsNotThereIsNamed(String line) {
        CliRun.of((Object[]) (line + " /no/such/drive").split(" "))
                .failedWith(ExitCode.INPUT_MISSING, "/no/such/drive", "no such file or folder");
    }

    @Test
    void anEmptyFolderIsNoDriveAndWhatWasLookedForIsListed() {
        CliRun.of("inspect", dir)
                .failedWith(ExitCode.INPUT_MISSING, dir.toString(), "looked for", "timestamps.txt");
    }

    @Test
    void aBinThatEndsWithinAPointIsMalformedAtThatByte() throws IOException {
        Path file = Files.write(dir.resolve("000000.bin"), new byte[16 * 100 + 9]);

        CliRun.of("detect", file)
                .failedWith(ExitCode.INPUT_MALFORMED, "000000.bin", "1609", "1600", "16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "detect", "odometry", "bench stages"})
    void anEmptyBinIsMalformed(String command) throws IOException {
        Path file = Files.write(dir.resolve("000000.bin"), new byte[0]);

        CliRun.of((Object[]) (command + " " + file).split(" "))
                .failedWith(ExitCode.INPUT_MALFORMED, "000000.bin");
    }

    @Test
    void aPcdThatPromisesMoreThanItHoldsIsMalformed() throws IOException {
        String header =
                "VERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH 2000000000\n"
                        + "HEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS 2000000000\nDATA binary\nabc";
        Path file = Files.writeString(dir.resolve("lies.pcd"), header);

        CliRun.of("inspect", file).failedWith(ExitCode.INPUT_MALFORMED, "lies.pcd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"map.las:LASF:pdal translate", "a.db3:SQLite format 3:ros2 bag convert"})
    void aFileOfAKindThatIsNotReadSaysWhatToDo(String which) throws IOException {
        String[] part = which.split(":");
        Path file = Files.writeString(dir.resolve(part[0]), part[1]);

        CliRun.of("inspect", file).failedWith(ExitCode.INPUT_MALFORMED, part[0], part[2]);
    }

    @Test
    void anUnknownSettingNamesTheNearestOne() {
        CliRun.of("config", "check", "--set", "odometry.mapVoxlM=0.5")
                .failedWith(
                        ExitCode.CONFIG, "'odometry.mapVoxlM'", "--set", "'odometry.mapVoxelM'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "odometry.mapVoxelM=-1",
                "odometry.mapVoxelM=NaN",
                "odometry.mapVoxelM=wide",
                "detector=polar9",
                "odometry=3",
                "=3"
            })
    void aSettingThatIsNotAcceptedIsAConfigurationError(String set) {
        String key = set.substring(0, set.indexOf('='));
        CliRun.of("config", "check", "--set", set).failedWith(ExitCode.CONFIG, key, "--set");
    }

    @Test
    void aConfigurationFileMayBeMissingOrNoYaml() throws IOException {
        Path file = Files.writeString(dir.resolve("a.yaml"), "odometry: [1, {");

        CliRun.of("config", "check", "--config", file).failedWith(ExitCode.CONFIG, "a.yaml");
        CliRun.of("config", "check", "--config", dir.resolve("b.yaml"))
                .failedWith(ExitCode.INPUT_MISSING, "b.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic list", "topic hz t", "topic echo t"})
    @Timeout(10)
    void aBrokerThatIsNotThereIsNamed(String line) {
        CliRun.of((Object[]) (line + " --brokers localhost:1").split(" "))
                .failedWith(ExitCode.OUTSIDE, "localhost:1");
    }

    @Test
    @Timeout(20)
    void aPortWhereNoBrokerAnswersIsGivenUp() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            String brokers = "127.0.0.1:" + mute.getLocalPort();
            long begun = System.nanoTime();

            CliRun.of("topic", "list", "--brokers", brokers)
                    .failedWith(ExitCode.OUTSIDE, brokers, "Kafka");

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(12));
        }
    }

    @Test
    void theStackTraceComesWithTwoVs() {
        assertThat(CliRun.of("inspect", "/no/such", "-vv").err()).contains("\tat ");
        assertThat(CliRun.of("-vv", "inspect", "/no/such").err()).contains("\tat ");
        assertThat(CliRun.of("inspect", "-v", "/no/such").err()).doesNotContain("\tat ");
    }

    @Test
    void theSchemaIsJson() throws IOException {
        CliRun run = CliRun.of("config", "schema").succeeded();

        assertThat(new ObjectMapper().readTree(run.out()).path("properties").has("odometry"))
                .isTrue();
    }
}
