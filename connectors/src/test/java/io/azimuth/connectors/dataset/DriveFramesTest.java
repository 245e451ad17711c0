package io.azimuth.connectors.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.connectors.drive.SimulatedDrive;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.polar.PolarCanvas;
import io.azimuth.perception.polar.PolarGrid;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TruthBox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriveFramesTest {
    private static final TownConfig TOWN =
            TownConfig.of(5).withSweeps(4).withSensors(SensorModel.vlp16("top"));
    private static final int CELL_BYTES = 36;
    private static final int BOX_BYTES = 64;
    private static final int INDEX_BYTES = 104;

    @TempDir static Path shared;
    @TempDir Path dir;

    private static Path drive = Path.of("");
    private static Path direct = Path.of("");

    /** Sweeps 1 and 2, from the drive and from the simulator by the motion that the poses tell. */
    @BeforeAll
    static void writeOnce() throws IOException, InterruptedException {
        drive = shared.resolve("drive");
        write(drive, DriveFrames.Options.of(1, 3, CanvasChoice.NANO, false));
        direct = Files.createDirectories(shared.resolve("direct"));
        TownDrive town = new TownDrive(TOWN);
        try (SimulatedDrive source = new SimulatedDrive(TOWN);
                CanvasFiles files =
                        new CanvasFiles(direct, new PolarCanvas(PolarGrid.nano()), true)) {
            LabelledSweeps labelled = new LabelledSweeps(source, 1, 3, false);
            for (int k = 0; k < 2; k++) {
                files.add(
                        town.sweep(0, 0, k + 1),
                        labelled.twist(k),
                        Treatment.sector(-Math.PI, Math.PI));
            }
        }
    }

    private static DatasetReport write(Path out, DriveFrames.Options options)
            throws IOException, InterruptedException {
        try (SimulatedDrive source = new SimulatedDrive(TOWN)) {
            return DriveFrames.write(out, source, options, "test", line -> {});
        }
    }

    private static ByteBuffer rows(Path folder, String file, int rowBytes) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(file));
        int header = 10 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        assertThat((bytes.length - header) % rowBytes).isZero();
        return ByteBuffer.wrap(bytes, header, bytes.length - header)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void canvasesAreThoseOfTheSimulatorsOwnFrames() throws Exception {
        for (String file : List.of("canvas.npy", "canvas_index.npy")) {
            byte[] found = Files.readAllBytes(drive.resolve("shard-00000").resolve(file));
            assertThat(found).as(file).isEqualTo(Files.readAllBytes(direct.resolve(file)));
        }
        assertThat(rows(direct, "canvas.npy", CELL_BYTES).remaining() / CELL_BYTES)
                .isGreaterThan(6000);
    }

    @Test
    void motionFromPosesIsTheSimulatorsToACentimetre() throws Exception {
        TownDrive town = new TownDrive(TOWN);
        try (SimulatedDrive source = new SimulatedDrive(TOWN)) {
            LabelledSweeps labelled = new LabelledSweeps(source, 0, 4, false);
            double longest = 0;
            for (int k = 0; k < 4; k++) {
                long start = town.startNanos(0, 0, k);
                RigidTransform worldFromStart = town.worldFromSensor(0, 0, start);
                RigidTransform worldFromEnd = town.worldFromSensor(0, 0, start + 100_000_000);
                double[] expected = worldFromStart.inverse().times(worldFromEnd).log();
                double[] found = labelled.twist(k);
                for (int i = 0; i < 6; i++) {
                    double limit = i < 3 ? 0.001 : k % 3 == 0 ? 0.05 : 0.01; // ends: one-sided
                    assertThat(found[i]).isCloseTo(expected[i], within(limit));
                }
                longest = Math.max(longest, Math.hypot(found[3], found[4]));
            }
            assertThat(longest).isGreaterThan(0.2);
        }
    }

    @Test
    void boxesAreTheTruthsWithSpeedsFromTheirTracks() throws Exception {
        SimulatedSweep made = new TownDrive(TOWN).sweep(0, 0, 1);
        ByteBuffer index = rows(drive.resolve("shard-00000"), "index.npy", INDEX_BYTES);
        ByteBuffer boxes = rows(drive.resolve("shard-00000"), "boxes.npy", BOX_BYTES);

        assertThat(index.getLong(40)).isEqualTo(made.boxes().size()); // box_end of frame 0
        assertThat(index.getInt(56)).isEqualTo(16); // rings
        int moving = 0;
        double worst = 0;
        for (int i = 0; i < made.boxes().size(); i++) {
            var truth = made.boxes().get(i);
            int at = i * BOX_BYTES;
            assertThat(boxes.getFloat(at + 16)).isEqualTo((float) truth.box().x());
            assertThat(boxes.getInt(at + 12)).isEqualTo(truth.objectClass().ordinal());
            double speed = Math.hypot(truth.velocityX(), truth.velocityY());
            double found = Math.hypot(boxes.getFloat(at + 44), boxes.getFloat(at + 48));
            moving += speed > 2 ? 1 : 0;
            worst = Math.max(worst, Math.abs(found - speed));
        }
        assertThat(moving).isPositive();
        assertThat(worst).isCloseTo(0, within(0.5));
    }

    @Test
    void theIndexSaysWhereLabelsAreComplete() throws Exception {
        write(dir, DriveFrames.Options.of(0, 1, CanvasChoice.NANO, true));

        ByteBuffer index = rows(dir.resolve("shard-00000"), "canvas_index.npy", 36);
        assertThat(index.getInt(16)).isEqualTo(1);
        assertThat(index.getFloat(24)).isEqualTo(1);
        assertThat(index.getFloat(28)).isCloseTo((float) Math.toRadians(-40), within(1e-6f));
        assertThat(index.getFloat(32)).isCloseTo((float) Math.toRadians(40), within(1e-6f));
        assertThat(
                        new ObjectMapper()
                                .readTree(dir.resolve("options.json").toFile())
                                .path("kind")
                                .asText())
                .isEqualTo("drive-frames");
    }

    @Test
    void aParkedCarWithoutItsLabelIsUnknownThere() throws Exception {
        TruthBox car =
                new TownDrive(TOWN)
                        .sweep(0, 0, 1).boxes().stream()
                                .filter(b -> b.objectClass() == ObjectClass.CAR && b.points() > 30)
                                .filter(b -> Math.hypot(b.velocityX(), b.velocityY()) == 0)
                                .findFirst()
                                .orElseThrow();
        try (Drive source = unlabelled(new SimulatedDrive(TOWN), 1, car.trackId())) {
            var all = DriveFrames.Options.of(0, 4, CanvasChoice.NANO, false);
            DriveFrames.write(dir, source, all, "test", line -> {});
        }

        ByteBuffer boxes = rows(dir.resolve("shard-00000"), "boxes.npy", BOX_BYTES);
        int found = 0;
        for (int at = 0; at < boxes.capacity(); at += BOX_BYTES) {
            boolean there = Math.abs(boxes.getFloat(at + 16) - car.box().x()) < 0.05;
            if (boxes.getInt(at) == 1 && boxes.getInt(at + 12) == 0 && there) {
                assertThat(boxes.getFloat(at + 20)).isCloseTo((float) car.box().y(), within(0.05f));
                assertThat(boxes.getInt(at + 8)).isGreaterThan(10); // points
                found++;
            }
        }
        assertThat(found).isEqualTo(1);
    }

    @Test
    void sweepsWithoutLabelsAreTakenWhenAskedForAndTeachNothing() throws Exception {
        try (Drive source = unlabelled(new SimulatedDrive(TOWN), 2, "")) {
            var some = DriveFrames.Options.of(1, 4, CanvasChoice.NANO, false);
            DriveFrames.write(dir.resolve("some"), source, some, "test", line -> {});
            DriveFrames.write(
                    dir.resolve("all"), source, some.withUnlabelled(), "test", line -> {});
        }

        Path all = dir.resolve("all/shard-00000");
        assertThat(rows(dir.resolve("some/shard-00000"), "canvas_index.npy", 36).capacity())
                .isEqualTo(2 * 36);
        ByteBuffer index = rows(all, "canvas_index.npy", 36);
        assertThat(index.capacity()).isEqualTo(3 * 36);
        for (int frame = 0; frame < 3; frame++) {
            float width = index.getFloat(frame * 36 + 32) - index.getFloat(frame * 36 + 28);
            assertThat(width).isCloseTo(frame == 1 ? 0 : 6.2832f, within(1e-4f));
        }
    }

    /** A drive in which one object has no label in one sweep; without a track, nothing has. */
    private static Drive unlabelled(Drive drive, long sweep, String track) {
        return new RelabelledDrive(
                drive,
                t -> {
                    TreeSet<Long> labelled = new TreeSet<>(t.labelledSweeps());
                    if (track.isEmpty()) {
                        labelled.remove(sweep);
                    }
                    return new SensorTruth(
                            t.firstFromSweep(),
                            t.boxes().stream().filter(b -> kept(b, sweep, track)).toList(),
                            labelled,
                            false);
                });
    }

    private static boolean kept(LabelledBox b, long sweep, String track) {
        return b.sweep() != sweep || !track.isEmpty() && !b.track().equals(track);
    }

    @Test
    void aSecondRunKeepsWhatIsThere() throws Exception {
        DatasetReport again = write(drive, DriveFrames.Options.of(1, 3, CanvasChoice.NANO, false));

        assertThat(again.made()).isZero();
        assertThat(again.items()).isEqualTo(2);
    }

    @Test
    void wrongRangesCanvasesAndSectorsAreRefused() {
        for (var e :
                Map.<String, ThrowingOptions>of(
                                "to is 9",
                                () -> DriveFrames.Options.of(0, 9, CanvasChoice.NANO, false),
                                "canvas is none",
                                () -> DriveFrames.Options.of(0, 1, CanvasChoice.NONE, false),
                                "labelled sector",
                                () ->
                                        new DriveFrames.Options(
                                                0, 1, CanvasChoice.NANO, 40, -40, false))
                        .entrySet()) {
            assertThatThrownBy(() -> write(dir, e.getValue().get()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(e.getKey());
        }
        assertThat(List.of(dir.toFile().list())).isEmpty();
    }

    private interface ThrowingOptions {
        DriveFrames.Options get();
    }
}
