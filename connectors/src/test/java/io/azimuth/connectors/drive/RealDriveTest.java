package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Recordings of the folder that the environment variable {@code AZIMUTH_DATA} names. */
class RealDriveTest {
    private static Path data(String path) {
        String root = System.getenv("AZIMUTH_DATA");
        Assumptions.assumeTrue(
                root != null, "AZIMUTH_DATA is not set: recorded drives are not tested");
        return Path.of(String.valueOf(root), path);
    }

    @Test
    void aRecordedDriveHasTimesRingsPosesAndBoxes() throws IOException {
        try (Drive drive = Drives.open(data("drives/kitti_0005"))) {
            assertThat(drive.size()).isEqualTo(125);
            assertThat(drive.info().deskew()).isTrue();
            assertThat(drive.info().periodSeconds()).isEqualTo(0.1036);
            Sweep sweep = drive.read(50, new PointCloud());
            assertThat(sweep.seq()).isEqualTo(50);
            assertThat(sweep.midNanos()).isEqualTo(5_180_000_000L);
            assertThat(sweep.points().size()).isBetween(119_000, 124_000);
            assertThat(sweep.points().hasTime()).isTrue();
            assertThat(sweep.points().hasRing()).isTrue();
            int[] rings = new int[64];
            for (int i = 0; i < sweep.points().size(); i++) {
                rings[sweep.points().ringOf(i)]++;
            }
            assertThat(Arrays.stream(rings).min().orElseThrow()).isGreaterThan(500);

            SensorTruth truth = drive.truth().of("kitti_0005/lidar");
            assertThat(truth.firstFromSweep()).hasSize(125);
            assertThat(truth.boxes()).hasSize(408);
            assertThat(truth.frontViewOnly()).isTrue();
        }
    }

    @Test
    void everySweepHasSixtyFourRings() throws IOException {
        try (Drive drive = Drives.open(data("drives/kitti_0005"))) {
            PointCloud cloud = new PointCloud();
            for (int i = 0; i < drive.size(); i++) {
                drive.read(i, cloud);
                assertThat(cloud.hasRing()).isTrue();
                assertThat(cloud.ringOf(cloud.size() - 1)).as("sweep %d", i).isEqualTo(63);
            }
        }
    }

    @Test
    void theLabelledBoxesHoldThePointsThatTheLabelsCount() throws IOException {
        try (Drive drive = Drives.open(data("drives/kitti_0005/velodyne"))) {
            PointCloud cloud = drive.read(0, new PointCloud()).points();
            assertPointsInside(drive, cloud, 5);
        }
    }

    @Test
    void nuScenesBoxesAndPointsTurnTogether() throws IOException {
        try (Drive drive = Drives.open(data("frames/nuscenes"))) {
            assertThat(drive.info().format()).isEqualTo("labelled-frames");
            PointCloud cloud = drive.read(0, new PointCloud()).points();
            assertThat(cloud.hasRing()).isTrue();
            assertPointsInside(drive, cloud, 10);
            assertThat(drive.truth().bySensor().values())
                    .allMatch(t -> t.boxes().size() == 66 && !t.frontViewOnly());
        }
    }

    private static void assertPointsInside(Drive drive, PointCloud cloud, int fewest)
            throws IOException {
        long seq = drive.key(0).seq();
        List<LabelledBox> boxes =
                drive.truth().of(drive.info().sensors().get(0).sensorId()).boxes().stream()
                        .filter(b -> b.sweep() == seq && b.points() >= fewest)
                        .toList();
        assertThat(boxes).isNotEmpty();
        for (LabelledBox b : boxes) {
            int inside = 0;
            for (int i = 0; i < cloud.size(); i++) {
                inside += b.box().contains(cloud.x()[i], cloud.y()[i], cloud.z()[i], 0) ? 1 : 0;
            }
            assertThat((double) inside).isCloseTo(b.points(), within(2 + 0.1 * b.points()));
        }
    }

    @Test
    void kittiObjectLabelsLieWhereTheIndependentConversionPutsThem() throws IOException {
        try (Drive drive = Drives.open(data("frames/kitti_object"))) {
            assertThat(drive.info().format()).isEqualTo("kitti-object");
            assertThat(drive.info().deskew()).isFalse();
            assertThat(drive.key(1).seq()).isEqualTo(2);
            SensorTruth truth = drive.truth().of("kitti_object/lidar");
            LabelledBox car =
                    truth.boxes().stream().filter(b -> b.sweep() == 3).findFirst().orElseThrow();
            assertThat(car.box().x()).isCloseTo(13.502, within(2e-3)); // boxes/000003.csv
            assertThat(car.box().y()).isCloseTo(-0.990, within(2e-3));
            assertThat(car.box().z()).isCloseTo(-0.910, within(2e-3));
            assertThat(car.box().yawRad()).isCloseTo(3.0925, within(1e-3));
        }
    }

    @Test
    void aSweepIsReadWithinFourMillisecondsOfCpu(TestReporter reporter) throws IOException {
        try (Drive drive = Drives.open(data("drives/kitti_0005"))) {
            PointCloud cloud = new PointCloud();
            long[] cpu = new long[drive.size()];
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < drive.size(); i++) {
                    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                    drive.read(i, cloud);
                    cpu[i] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
                }
            }
            Arrays.sort(cpu);
            reporter.publishEntry(
                    "median CPU of a sweep, ms", String.valueOf(cpu[cpu.length / 2] / 1e6));
            assertThat(cpu[cpu.length / 2]).isLessThan(4_000_000L);
        }
    }
}
