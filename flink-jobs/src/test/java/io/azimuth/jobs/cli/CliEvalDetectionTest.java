package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code eval detect} with each benchmark, on a simulated drive whose detections are its labels.
 */
class CliEvalDetectionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir static Path shared;
    private static Path drive = Path.of("");
    private static Path perfect = Path.of("");

    @BeforeAll
    static void simulate() throws IOException {
        drive = CliRun.tinyDrive(shared.resolve("drive"), 3);
        perfect = Files.writeString(shared.resolve("perfect.csv"), labelsAsDetections());
    }

    @ParameterizedTest
    @ValueSource(strings = {"own", "nuscenes"})
    void theJsonKeepsToItsSchema(String benchmark) throws IOException {
        JsonNode out = figures("--benchmark", benchmark);

        assertThat(JsonSchemaCheck.faults(schema(), out)).isEmpty();
        assertThat(out.path("benchmark").asText()).isEqualTo(benchmark);
        assertThat(out.size()).isGreaterThan(12);
    }

    @Test
    void theSchemaRefusesWhatIsNotDescribed() throws IOException {
        JsonNode bad =
                JSON.readTree("{\"schemaVersion\":2,\"benchmark\":\"own\",\"map\":1.5,\"x\":1}");

        assertThat(JsonSchemaCheck.faults(schema(), bad))
                .hasSize(4)
                .anyMatch(f -> f.contains("missing: sweeps"))
                .anyMatch(f -> f.contains("not described: x"));
    }

    @Test
    void labelsAsDetectionsArePerfectInBoth() throws IOException {
        JsonNode own = figures("--benchmark", "own");
        JsonNode nuscenes = figures("--benchmark", "nuscenes", "--min-points", "5");

        assertThat(own.path("vehicle.recall").asDouble()).isEqualTo(1);
        assertThat(own.path("vehicle.ap_bev").asDouble()).isEqualTo(1);
        assertThat(own.path("track_recall").asDouble()).isEqualTo(1);
        assertThat(own.path("track_recall_at_1_false").asDouble()).isEqualTo(1);
        assertThat(nuscenes.path("mean.ate_m").asDouble(9)).isZero();
    }

    @Test
    void onlyTheSweepsThatWereAskedForAreJudged() throws IOException {
        JsonNode all = figures();
        JsonNode some = figures("--sweeps", "1:3");

        assertThat(all.path("sweeps").asInt()).isEqualTo(3);
        assertThat(some.path("sweeps").asInt()).isEqualTo(2);
        assertThat(some.path("vehicle.boxes").asInt())
                .isPositive()
                .isLessThan(all.path("vehicle.boxes").asInt());
        assertThat(some.path("vehicle.precision").asDouble()).isEqualTo(1);
        CliRun.of("eval", "detect", perfect, "--truth", drive, "--sweeps", "2:9")
                .failedWith(ExitCode.USAGE, "--sweeps", "2:9");
    }

    @Test
    void picturesAreDrawn() throws IOException {
        Path out = shared.resolve("pictures");

        CliRun.of("eval", "detect", perfect, "--truth", drive, "--pictures", out).succeeded();

        for (String name : List.of("pr.png", "reliability.png", "confusion.png")) {
            assertThat(ImageIO.read(out.resolve(name).toFile()).getWidth()).isGreaterThan(400);
        }
    }

    @Test
    void eachBoxOfLabelledFramesIsListedWithItsOutcome() throws IOException {
        Path frames = Files.createDirectories(shared.resolve("frames"));
        Path clouds = Files.createDirectory(frames.resolve("velodyne"));
        Path boxes = Files.createDirectory(frames.resolve("boxes"));
        for (int i = 0; i < 2; i++) {
            Files.copy(CliRun.clouds(drive).get(i), clouds.resolve("00000" + i + ".bin"));
        }
        String columns = "class,x,y,z,length,width,height,yaw,points\n";
        Files.writeString(
                boxes.resolve("000000.csv"),
                columns + "car,10,0,-1,4,2,1.5,0,50\ncar,20,0,-1,4,2,1.5,0,3\n");
        Files.writeString(boxes.resolve("000001.csv"), columns + "pedestrian,8,0,-1,1,1,2,0,90\n");
        Path file = shared.resolve("frames.csv");
        Files.writeString(
                file,
                DetectionTable.HEADER
                        + """

                        0,van,0.5,10.5,0,-0.9,4,1.8,1.5,0
                        0,car,0.2,20,0,-0.9,4,1.8,1.5,0
                        1,pedestrian,0.9,8,1.25,-0.9,4,1.8,1.5,0
                        """);
        Path list = shared.resolve("outcomes.csv");

        CliRun.of("eval", "detect", file, "--truth", frames, "--boxes", list).succeeded();

        assertThat(Files.readString(list))
                .isEqualTo(
                        BoxOutcomes.HEADER
                                + """

                                0,,car,10.0,50,found,0.5,0.50
                                0,,car,20.0,3,neutral,,9.50
                                1,,pedestrian,8.0,90,missed,,1.25
                                """);
    }

    @Test
    void kittiNeedsItsLabels() {
        CliRun.of("eval", "detect", perfect, "--truth", drive, "--benchmark", "kitti")
                .failedWith(ExitCode.INPUT_MISSING, "label_2", "label_02.txt");
        CliRun.of("eval", "detect", perfect, "--truth", drive, "--benchmark", "waymo")
                .failedWith(ExitCode.USAGE, "waymo", "nuscenes");
    }

    @Test
    void whatTheCameraDoesNotSeeIsLeftOutOfKittis() throws IOException {
        Path front = CliRun.tinyDrive(shared.resolve("front"), 1);
        Files.writeString(
                front.resolve("calib.txt"),
                """
                P2: 700 0 600 0 0 700 180 0 0 0 1 0
                R0_rect: 1 0 0 0 1 0 0 0 1
                Tr_velo_to_cam: 0 -1 0 0 0 0 -1 0 1 0 0 0
                """);
        Files.writeString(
                front.resolve("label_02.txt"),
                "0 1 Car 0 0 0 500 160 700 240 1.5 1.8 4 1 1.65 20 -1.5707963\n");
        Path file = shared.resolve("front.csv");
        Files.writeString(
                file,
                DetectionTable.HEADER
                        + """

                        0,car,0.5,20,-1,-0.9,4,1.8,1.5,0
                        0,car,0.9,-20,-1,-0.9,4,1.8,1.5,0
                        0,car,0.9,5,-20,-0.9,4,1.8,1.5,0
                        """);

        CliRun run =
                CliRun.of(
                                "eval",
                                "detect",
                                file,
                                "--truth",
                                front,
                                "--benchmark",
                                "kitti",
                                "--json")
                        .succeeded();

        JsonNode out = JSON.readTree(run.out());
        assertThat(out.path("detections_in_view").asInt()).isEqualTo(1);
        assertThat(out.path("car.easy.boxes").asInt()).isEqualTo(1);
        // one label reaches one of the kit's recalls; precision there is 1
        assertThat(out.path("car.easy.ap_bev_r11").asDouble()).isCloseTo(1 / 11.0, within(1e-12));
    }

    /** Truth of the recorded drive as detections: cars, not vans, are found by KITTI's rules. */
    @Test
    void recordedLabelsScorePerfectlyByKittisRules() throws IOException {
        String data = System.getenv("AZIMUTH_DATA");
        assumeThat(data).as("AZIMUTH_DATA names no folder with recordings").isNotNull();
        Path recorded = Path.of(data).resolve("drives/kitti_0005");
        assumeThat(recorded.resolve("label_02.txt")).as("no kitti_0005 there").exists();
        Path file = Files.writeString(shared.resolve("kitti.csv"), labelsOf(recorded));

        CliRun run =
                CliRun.of(
                                "eval",
                                "detect",
                                file,
                                "--truth",
                                recorded,
                                "--benchmark",
                                "kitti",
                                "--json")
                        .succeeded();

        JsonNode out = JSON.readTree(run.out());
        assertThat(JsonSchemaCheck.faults(schema(), out)).isEmpty();
        assertThat(out.path("parked_objects").asInt()).isEqualTo(4); // tracks 5, 6, 7 and 9
        assertThat(out.path("cyclist.hard.boxes").asInt()).isEqualTo(125);
        assertThat(out.path("cyclist.hard.ap_3d_r40").asDouble()).isEqualTo(1);
        // with n < 41 labels the development kit reaches only n of its 41 recalls
        double reached = (out.path("car.hard.boxes").asInt() - 1) / 40.0;
        assertThat(reached).isLessThan(1);
        assertThat(out.path("car.hard.ap_3d_r40").asDouble()).isCloseTo(reached, within(1e-12));
    }

    private static JsonNode figures(Object... more) throws IOException {
        Object[] args = new Object[5 + more.length];
        Object[] first = {"eval", "detect", perfect, "--truth", drive};
        System.arraycopy(first, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        Object[] json = java.util.Arrays.copyOf(args, args.length + 1);
        json[args.length] = "--json";
        return JSON.readTree(CliRun.of(json).succeeded().out());
    }

    private static JsonNode schema() throws IOException {
        Path file = Path.of("docs/schema/eval-detection-v1.json");
        Path fromModule = Path.of("..").resolve(file);
        return JSON.readTree((Files.exists(file) ? file : fromModule).toFile());
    }

    private static String labelsAsDetections() throws IOException {
        return labelsOf(drive);
    }

    /** {@code boxes.csv} turned into {@code detections.csv}. */
    private static String labelsOf(Path folder) throws IOException {
        List<String> rows = Files.readAllLines(folder.resolve("boxes.csv"));
        List<String> header = List.of(rows.get(0).split(","));
        StringBuilder out = new StringBuilder(DetectionTable.HEADER).append('\n');
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            for (String column : DetectionTable.HEADER.split(",")) {
                out.append(out.charAt(out.length() - 1) == '\n' ? "" : ",");
                out.append(column.equals("score") ? "0.9" : cells[header.indexOf(column)]);
            }
            out.append('\n');
        }
        return out.toString();
    }
}
