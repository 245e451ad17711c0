package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.connectors.format.CloudOutput;
import io.azimuth.connectors.format.Clouds;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database made by {@code golden/nuscenes/make.py} and read by nuScenes' devkit. */
class NuScenesLayoutTest {
    private static final List<String> TABLES =
            List.of(
                    "calibrated_sensor",
                    "category",
                    "ego_pose",
                    "instance",
                    "sample",
                    "sample_annotation",
                    "sample_data",
                    "scene",
                    "sensor");
    private static final DriveOptions SECOND = DriveOptions.ofScene("scene-0001");

    @TempDir private Path root = Path.of("");

    @BeforeEach
    void makeDatabase() throws IOException {
        Path tables = Files.createDirectories(root.resolve("v1.0-mini"));
        for (String table : TABLES) {
            Files.write(tables.resolve(table + ".json"), resource("v1.0-mini/" + table + ".json"));
        }
        PointCloud cloud = Clouds.random(new Random(4), 90, false, false);
        for (JsonNode row : new ObjectMapper().readTree(resource("v1.0-mini/sample_data.json"))) {
            if (row.get("filename").textValue().contains("LIDAR")) {
                Path file = root.resolve(row.get("filename").textValue());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                CloudOutput.NUSCENES.write(file, cloud);
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                NuScenesLayoutTest.class.getResourceAsStream("/golden/nuscenes/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    @Test
    void aSceneIsADriveOfAllItsLidarSweeps() throws IOException {
        try (Drive drive = Drives.open(root, SECOND)) {
            assertThat(drive.id()).isEqualTo("scene-0001");
            assertThat(drive.size()).isEqualTo(6);
            assertThat(drive.info().deskew()).isFalse();
            assertThat(drive.info().periodSeconds()).isCloseTo(0.05, within(1e-9));
            Sweep sweep = drive.read(4, new PointCloud());
            assertThat(sweep.midNanos()).isEqualTo(1000L * (1532402927647951L + 10_550_000));
            assertThat(sweep.points().size()).isEqualTo(90);
            assertThat(sweep.points().hasRing()).isTrue();
            // The sensor looks along the vehicle's x axis: nuScenes mounts it turned by -90
            // degrees.
            assertThat(sweep.egoFromSensor().yawRad()).isCloseTo(0, within(0.03));
        }
    }

    @Test
    void boxesAgreeWithTheDevkits() throws IOException {
        Map<String, LabelledBox> found = new TreeMap<>();
        for (String scene : List.of("scene-0000", "scene-0001")) {
            try (Drive drive = Drives.open(root, DriveOptions.ofScene(scene))) {
                SensorTruth truth = drive.truth().of(scene + "/LIDAR_TOP");
                assertThat(truth.labelledSweeps()).containsExactly(0L, 3L);
                for (LabelledBox b : truth.boxes()) {
                    found.put(scene + " " + b.sweep() / 3 + " " + b.track(), b);
                }
            }
        }
        JsonNode expected = new ObjectMapper().readTree(resource("expected.json"));

        assertThat(found).hasSize(expected.size());
        for (JsonNode e : expected) {
            String key =
                    "%s %d %s"
                            .formatted(
                                    e.get("scene").textValue(),
                                    e.get("key").intValue(),
                                    e.get("track").textValue());
            LabelledBox b = Objects.requireNonNull(found.get(key), key);
            JsonNode centre = e.get("centre"); // x right, y forward
            assertThat(b.box().x()).isCloseTo(centre.get(1).doubleValue(), within(1e-6));
            assertThat(b.box().y()).isCloseTo(-centre.get(0).doubleValue(), within(1e-6));
            assertThat(b.box().z()).isCloseTo(centre.get(2).doubleValue(), within(1e-6));
            assertThat(b.box().width()).isEqualTo(e.get("wlh").get(0).doubleValue());
            assertThat(b.box().length()).isEqualTo(e.get("wlh").get(1).doubleValue());
            assertThat(b.box().height()).isEqualTo(e.get("wlh").get(2).doubleValue());
            JsonNode heading = e.get("heading");
            double yaw = Math.atan2(-heading.get(0).doubleValue(), heading.get(1).doubleValue());
            assertThat(Angles.difference(b.box().yawRad(), yaw)).isCloseTo(0, within(1e-6));
            assertThat(b.points()).isEqualTo(e.get("points").intValue());
            assertThat(b.objectClass())
                    .isEqualTo(NuScenesTables.objectClass(e.get("category").textValue()));
        }
        assertThat(NuScenesTables.objectClass("vehicle.bus.bendy")).isEqualTo(ObjectClass.BUS);
        assertThat(NuScenesTables.objectClass("human.pedestrian.stroller"))
                .isEqualTo(ObjectClass.UNKNOWN);
    }

    @Test
    void posesLeadFromEachSweepToTheFirst() throws IOException {
        try (Drive drive = Drives.open(root, SECOND)) {
            var poses = drive.truth().of("scene-0001/LIDAR_TOP").firstFromSweep();
            RigidTransform first = poses.get(0L);
            RigidTransform next = poses.get(1L);

            assertThat(first.translationNorm()).isLessThan(1e-9);
            assertThat(next.translationNorm()).isCloseTo(1.0, within(0.2)); // a metre a sweep
            assertThat(poses).hasSize(6);
        }
    }

    @Test
    void aDatabaseOfManyScenesAsksForOne() {
        assertThatThrownBy(() -> Drives.open(root))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("--scene")
                .hasMessageContaining("scene-0000");
        assertThatThrownBy(() -> Drives.open(root, DriveOptions.ofScene("scene-7")))
                .hasMessageContaining("0 scenes are called 'scene-7'");
    }

    @Test
    void damagedTablesAreRefusedNamingFileAndPlace() throws IOException {
        damage("sample_data", "\"timestamp\": 15", "\"timestamp\": \"x\", \"t\": 15", "timestamp");
        damage("ego_pose", "\"rotation\": [", "\"rotation\": [9,", "rotation");
        damage("calibrated_sensor", "]", "", "not JSON");
        damage("sample_data", "samples/LIDAR", "../LIDAR", "leads out of the folder");
        damage("scene", "[", "{", "scene.json");
    }

    private void damage(String table, String find, String put, String says) throws IOException {
        Path file = root.resolve("v1.0-mini/" + table + ".json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.replace(find, put));
        assertThatThrownBy(() -> Drives.open(root, SECOND))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(table + ".json: byte ")
                .hasMessageContaining(says);
        Files.writeString(file, whole);
    }
}
