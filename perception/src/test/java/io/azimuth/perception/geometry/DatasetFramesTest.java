package io.azimuth.perception.geometry;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetFramesTest {
    /** The camera looks along the LiDAR's x axis: x right, y down, z forward. */
    private static final RigidTransform LIDAR_FROM_CAMERA =
            RigidTransform.of(new double[] {0, 0, 1, -1, 0, 0, 0, -1, 0}, 0.27, 0, -0.08);

    @Test
    void kittiBoxesSurviveTheRoundTrip() {
        forAll(
                200,
                rnd -> {
                    double[] label = {
                        rnd.nextDouble(1, 3),
                        rnd.nextDouble(0.5, 3),
                        rnd.nextDouble(0.5, 12),
                        rnd.nextDouble(-30, 30),
                        rnd.nextDouble(-2, 3),
                        rnd.nextDouble(2, 70),
                        rnd.nextDouble(-3.1, 3.1)
                    };

                    OrientedBox box = fromKitti(LIDAR_FROM_CAMERA, label);
                    double[] back = DatasetFrames.toKittiCamera(LIDAR_FROM_CAMERA.inverse(), box);

                    assertThat(back).containsExactly(label, within(1e-12));
                });
    }

    @Test
    void aCarAheadThatDrivesAwayHasYawZero() {
        double[] label = {1.5, 1.8, 4.2, 0, 1.65, 20, -Math.PI / 2};

        OrientedBox box = fromKitti(LIDAR_FROM_CAMERA, label);

        assertThat(box.x()).isCloseTo(20.27, within(1e-12));
        assertThat(box.y()).isCloseTo(0, within(1e-12));
        assertThat(box.bottomZ()).isCloseTo(-1.73, within(1e-12));
        assertThat(box.yawRad()).isCloseTo(0, within(1e-12));
    }

    @Test
    void aCarThatDrivesToTheRightHasYawMinusAQuarterTurn() {
        double[] label = {1.5, 1.8, 4.2, 3, 1.65, 20, 0};

        OrientedBox box = fromKitti(LIDAR_FROM_CAMERA, label);

        assertThat(box.y()).isCloseTo(-3, within(1e-12));
        assertThat(box.yawRad()).isCloseTo(-Math.PI / 2, within(1e-12));
    }

    @Test
    void nuscenesAxesAreTurnedByAQuarter() {
        RigidTransform ours = DatasetFrames.AZIMUTH_FROM_NUSCENES;

        assertThat(ours.mapX(1, 10, 2)).isEqualTo(10); // its y is forward
        assertThat(ours.mapY(1, 10, 2)).isEqualTo(-1); // its x is to the right
        assertThat(ours.mapZ(1, 10, 2)).isEqualTo(2);
        assertThat(ours.times(DatasetFrames.NUSCENES_FROM_AZIMUTH))
                .isEqualTo(RigidTransform.IDENTITY);
    }

    @Test
    void nuscenesBoxesSurviveTheRoundTrip() {
        forAll(
                100,
                rnd -> {
                    OrientedBox box =
                            new OrientedBox(
                                    rnd.nextDouble(-50, 50),
                                    rnd.nextDouble(-50, 50),
                                    0,
                                    4,
                                    2,
                                    1.5,
                                    rnd.nextDouble(-3.1, 3.1));

                    OrientedBox there = DatasetFrames.NUSCENES_FROM_AZIMUTH.map(box);
                    OrientedBox back = DatasetFrames.AZIMUTH_FROM_NUSCENES.map(there);

                    assertThat(Angles.difference(there.yawRad(), box.yawRad()))
                            .isCloseTo(Math.PI / 2, within(1e-12));
                    assertThat(back.x()).isCloseTo(box.x(), within(1e-12));
                    assertThat(back.y()).isCloseTo(box.y(), within(1e-12));
                    assertThat(Angles.difference(back.yawRad(), box.yawRad()))
                            .isCloseTo(0, within(1e-12));
                });
    }

    @Test
    void cameraPosesBecomeLidarPoses() {
        RigidTransform cameraFromLidar = LIDAR_FROM_CAMERA.inverse();
        RigidTransform oneMetreAhead = RigidTransform.translation(0, 0, 1); // camera's z

        RigidTransform lidar =
                DatasetFrames.lidarPoseFromKittiCamera(oneMetreAhead, cameraFromLidar);

        assertThat(lidar.toRows())
                .containsExactly(RigidTransform.translation(1, 0, 0).toRows(), within(1e-12));
    }

    @Test
    void realKittiLabelsBecomeTheBoxesThatOthersMadeOfThem() throws IOException {
        Path drive = recording().resolve("drives/kitti_0005");
        assumeTrue(Files.isDirectory(drive), "skipped: AZIMUTH_DATA has no drives/kitti_0005");
        RigidTransform lidarFromCamera = lidarFromCamera(drive.resolve("calib.txt"));
        Map<String, OrientedBox> boxes = boxes(drive.resolve("boxes.csv"));
        int compared = 0;

        for (String line : Files.readAllLines(drive.resolve("label_02.txt"))) {
            String[] f = line.split(" ");
            OrientedBox expected = boxes.get(f[0] + "/" + f[1]);
            if (expected == null) {
                continue; // a box without enough points
            }
            double[] label = Arrays.stream(f, 10, 17).mapToDouble(Double::parseDouble).toArray();
            OrientedBox box = fromKitti(lidarFromCamera, label);
            // boxes.csv has three decimals, the yaw four
            assertThat(Math.hypot(box.x() - expected.x(), box.y() - expected.y()))
                    .as(line)
                    .isLessThan(0.02);
            assertThat(box.z()).as(line).isCloseTo(expected.z(), within(0.02));
            assertThat(Angles.difference(box.yawRad(), expected.yawRad()))
                    .as(line)
                    .isCloseTo(0, within(0.02));
            compared++;
        }

        assertThat(compared).isGreaterThan(400);
    }

    private static Path recording() {
        Optional<String> data = Optional.ofNullable(System.getenv("AZIMUTH_DATA"));
        assumeTrue(data.isPresent(), "skipped: AZIMUTH_DATA names no folder of recordings");
        return Path.of(data.orElseThrow());
    }

    private static RigidTransform lidarFromCamera(Path calib) throws IOException {
        Map<String, double[]> rows = new HashMap<>();
        for (String line : Files.readAllLines(calib)) {
            if (line.contains(":")) {
                String[] f = line.strip().split(":? +");
                rows.put(
                        f[0],
                        Arrays.stream(f, 1, f.length).mapToDouble(Double::parseDouble).toArray());
            }
        }
        RigidTransform rectified = RigidTransform.of(rows.get("R0_rect"), 0, 0, 0);
        return rectified.times(RigidTransform.ofRows(rows.get("Tr_velo_to_cam"))).inverse();
    }

    private static Map<String, OrientedBox> boxes(Path csv) throws IOException {
        Map<String, OrientedBox> out = new HashMap<>();
        List<String> lines = Files.readAllLines(csv);
        for (String line : lines.subList(1, lines.size())) {
            String[] f = line.split(",");
            double[] v = Arrays.stream(f, 3, 10).mapToDouble(Double::parseDouble).toArray();
            out.put(f[0] + "/" + f[1], new OrientedBox(v[0], v[1], v[2], v[3], v[4], v[5], v[6]));
        }
        return out;
    }

    private static OrientedBox fromKitti(RigidTransform lidarFromCamera, double[] l) {
        return DatasetFrames.fromKittiCamera(
                lidarFromCamera, l[0], l[1], l[2], l[3], l[4], l[5], l[6]);
    }
}
