package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.jobs.report.DirectRun;
import io.azimuth.jobs.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code eval track} on what a run of a simulated drive wrote. */
class CliEvalTrackTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SWEEPS = 12;

    /** Boxes go to the first sweep's frame and back, through text with all digits. */
    private static final double ROUNDING = 1e-9;

    @TempDir static Path shared;
    @TempDir Path dir;
    private static Path drive = Path.of("");
    private static Path run = Path.of("");

    @BeforeAll
    static void run() throws IOException {
        drive = CliRun.tinyDrive(shared.resolve("drive"), SWEEPS);
        run = run(drive, shared.resolve("run"));
    }

    @Test
    void figuresAreThoseOfTheRunsMetrics() throws IOException {
        JsonNode out = figures(run, drive);

        assertThat(out.path("wanted").asInt()).isGreaterThan(SWEEPS);
        assertThat(out.path("wanted").asInt()).isGreaterThan(out.path("misses").asInt());
        assertThat(out.path("sweeps").asInt()).isEqualTo(SWEEPS);
        assertThat(out.path("boxes_without_pose").asInt(-1)).isZero();
        assertAgree(out, run);
    }

    @Test
    void figuresOfTheRecordedDriveAreThoseOfItsRun() throws IOException {
        String data = System.getenv("AZIMUTH_DATA");
        assumeThat(data).as("AZIMUTH_DATA names no folder with recordings").isNotNull();
        Path recorded = Path.of(data).resolve("drives/kitti_0005");
        assumeThat(recorded).as("no kitti_0005 there").isDirectory();
        Path folder = run(recorded, dir.resolve("run"));

        JsonNode out = figures(folder, recorded);

        assertThat(JsonSchemaCheck.faults(schema(), out)).isEmpty();
        assertAgree(out, folder);
        assertThat(out.path("cyclist.wanted").asInt()).isPositive();
    }

    @Test
    void theJsonKeepsToItsSchemaAndItsGroupsAddUp() throws IOException {
        JsonNode out = figures(run, drive);

        assertThat(JsonSchemaCheck.faults(schema(), out)).isEmpty();
        assertThat(out.has("vehicle.idf1")).isTrue();
        for (String count : List.of("wanted", "objects", "false")) {
            int sum = 0;
            for (String group : List.of("vehicle", "person", "cyclist")) {
                sum += out.path(group + "." + count).asInt(0);
            }
            assertThat(out.path(count).asInt()).as(count).isEqualTo(sum);
        }
    }

    @Test
    void theSchemaRefusesWhatIsNotDescribed() throws IOException {
        JsonNode bad =
                JSON.readTree("{\"schemaVersion\":1,\"sweeps\":0,\"mota\":2,\"ship.idf1\":1}");

        assertThat(JsonSchemaCheck.faults(schema(), bad))
                .anyMatch(f -> f.startsWith("missing: idf1"))
                .anyMatch(f -> f.startsWith("sweeps = 0"))
                .anyMatch(f -> f.startsWith("mota = 2"))
                .anyMatch(f -> f.equals("not described: ship.idf1"));
    }

    @Test
    void labelsAsTracksArePerfectWhereverTheFrameLies() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("perfect"));
        Files.writeString(folder.resolve("tracks.csv"), labelsAsTracks());
        StringBuilder poses = new StringBuilder();
        for (int i = 0; i < SWEEPS; i++) {
            poses.append("0.%09d 3 -2 1 0 0 1 0\n".formatted(i)); // turned by 180 degrees
        }
        Files.writeString(folder.resolve("trajectory_tum.txt"), poses);

        JsonNode out = figures(folder, drive);

        assertThat(out.path("mota").asDouble()).isEqualTo(1);
        assertThat(out.path("idf1").asDouble()).isEqualTo(1);
        assertThat(out.path("motp_m").asDouble(9)).isCloseTo(0, within(ROUNDING));
        assertThat(out.path("standing_said_rightly").asInt())
                .isPositive()
                .isEqualTo(out.path("standing_boxes").asInt());
        assertThat(out.path("moving_said_wrongly").asInt())
                .isPositive()
                .isEqualTo(out.path("moving_boxes").asInt());
        assertThat(out.path("mostly_tracked")).isEqualTo(out.path("objects"));
    }

    @Test
    void posesMayLieElsewhereAndMustBeOfTheSameRun() throws IOException {
        Path tracks = Files.copy(run.resolve("tracks.csv"), dir.resolve("t.csv"));
        Path poses = Files.copy(run.resolve("trajectory_tum.txt"), dir.resolve("p.txt"));
        Path others = Files.writeString(dir.resolve("others.txt"), "7.5 0 0 0 0 0 0 1\n");

        CliRun apart =
                CliRun.of("eval", "track", tracks, "--poses", poses, "--truth", drive).succeeded();
        CliRun beside = CliRun.of("eval", "track", run, "--truth", drive).succeeded();

        assertThat(apart.out()).isEqualTo(beside.out());
        CliRun.of("eval", "track", tracks, "--truth", drive)
                .failedWith(ExitCode.INPUT_MISSING, "trajectory_tum.txt");
        CliRun.of("eval", "track", tracks, "--poses", others, "--truth", drive)
                .failedWith(ExitCode.INPUT_MALFORMED, "others.txt", "t.csv", "one run");
    }

    @Test
    void tracksOfAnotherVehicleNeedItsPosesAndSensor() throws IOException {
        Path other = Files.copy(run.resolve("tracks.csv"), dir.resolve("tracks_veh-02.csv"));
        Path poses =
                Files.copy(run.resolve("trajectory_tum.txt"), dir.resolve("trajectory_tum.txt"));
        String sensor;
        try (Drive opened = Drives.open(drive)) {
            sensor = opened.info().sensors().get(0).sensorId();
        }

        CliRun.of("eval", "track", other, "--truth", drive)
                .failedWith(ExitCode.USAGE, "--poses", "tracks_veh-02.csv");
        CliRun.of("eval", "track", other, "--poses", poses, "--truth", drive, "--sensor", "rear")
                .failedWith(ExitCode.USAGE, "--sensor rear", sensor);
        CliRun.of("eval", "track", other, "--poses", poses, "--truth", drive, "--sensor", sensor)
                .succeeded();
    }

    @Test
    void aRequirementThatFailsEndsWithItsExitCode() {
        CliRun.of("eval", "track", run, "--truth", drive, "--require", "mota<1").succeeded();
        CliRun.of("eval", "track", run, "--truth", drive, "--require", "vehicle.mota>1.5")
                .failedWith(ExitCode.BELOW_THRESHOLD, "vehicle.mota", "1.5");
        CliRun.of("eval", "track", run, "--truth", drive, "--distance", "0")
                .failedWith(ExitCode.USAGE, "--distance 0");
        CliRun.of("eval", "track", run, "--truth", run)
                .failedWith(ExitCode.INPUT_MISSING, run.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,5,1,car,0.5,1,2,0,4,2,1.5,0,0,0 | 14 fields, expected 15",
                "0,5,,car,0.5,1,2,0,4,2,1.5,0,0,0,unknown | track is empty",
                "0,5,1,ship,0.5,1,2,0,4,2,1.5,0,0,0,unknown | ship",
                "0,5,1,car,1.5,1,2,0,4,2,1.5,0,0,0,unknown | score is 1.5",
                "0,x,1,car,0.5,1,2,0,4,2,1.5,0,0,0,unknown | \"x\"",
                "0,5,9,car,0.5,1,2,0,4,2,1.5,0,0,0,unknown | track 9 stands in sweep 0 already",
                "0,5,1,car,0.5,1,2,0,4,2,1.5,0,0,0,parked | motion is 'parked'",
            })
    void aBadRowIsNamedByItsLine(String row, String problem) throws IOException {
        String good = "0,5,9,car,0.5,1,2,0,4,2,1.5,0,0,0,unknown";
        Path bad =
                Files.writeString(
                        dir.resolve("bad.csv"), String.join("\n", TrackTable.HEADER, good, row));

        CliRun.of("eval", "track", bad, "--truth", drive)
                .failedWith(ExitCode.INPUT_MALFORMED, "bad.csv", "line 3", problem);
    }

    /** The drive through the engine's stations by direct calls, and what a run writes of it. */
    private static Path run(Path folder, Path out) throws IOException {
        Files.createDirectories(out);
        try (Drive opened = Drives.open(folder)) {
            RunReport.write(DirectRun.of(opened, opened.size()), opened, out, false);
        }
        return out;
    }

    private static JsonNode figures(Path folder, Path truth) throws IOException {
        return JSON.readTree(
                CliRun.of("eval", "track", folder, "--truth", truth, "--json").succeeded().out());
    }

    private static void assertAgree(JsonNode out, Path folder) throws IOException {
        JsonNode metrics = JSON.readTree(folder.resolve("metrics.json").toFile()).path("tracks");
        List<String> names = new ArrayList<>();
        metrics.fieldNames().forEachRemaining(names::add);
        assertThat(names).hasSize(13);
        for (String name : names) {
            assertThat(out.path(name).asDouble(Double.NaN))
                    .as(name)
                    .isCloseTo(metrics.path(name).asDouble(Double.NaN), within(ROUNDING));
        }
    }

    /**
     * {@code boxes.csv} turned into {@code tracks.csv}, in a frame at (3, -2, 1) in each sweep's,
     * turned by 180 degrees; the stamp is the sweep's number.
     */
    private static String labelsAsTracks() throws IOException {
        List<String> rows = Files.readAllLines(drive.resolve("boxes.csv"));
        List<String> header = List.of(rows.get(0).split(","));
        StringBuilder out = new StringBuilder(TrackTable.HEADER).append('\n');
        for (String row : rows.subList(1, rows.size())) {
            String[] c = row.split(",");
            out.append(c[0]).append(',').append(c[0]).append(',');
            out.append(c[header.indexOf("track")]).append(',');
            out.append(c[header.indexOf("class")]).append(",0.9,");
            out.append(3 - Double.parseDouble(c[header.indexOf("x")])).append(',');
            out.append(-2 - Double.parseDouble(c[header.indexOf("y")])).append(',');
            out.append(1 + Double.parseDouble(c[header.indexOf("z")])).append(',');
            for (String size : List.of("length", "width", "height")) {
                out.append(c[header.indexOf(size)]).append(',');
            }
            out.append(Math.PI + Double.parseDouble(c[header.indexOf("yaw")]))
                    .append(",0,0,static\n");
        }
        return out.toString();
    }

    private static JsonNode schema() throws IOException {
        Path file = Path.of("docs/schema/eval-track-v1.json");
        Path fromModule = Path.of("..").resolve(file);
        return JSON.readTree((Files.exists(file) ? file : fromModule).toFile());
    }
}
