package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.connectors.format.CloudOutput;
import io.azimuth.connectors.format.Clouds;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every layout, built small in a temporary folder. */
class LayoutsTest {
    /** KITTI's axes: camera x right, y down, z forward; the LiDAR 0.27 m behind, 0.08 m above. */
    private static final String TR = "0 -1 0 0 0 0 -1 -0.08 1 0 0 -0.27";

    @TempDir Path folder;

    private static void bins(Path to, String... names) throws IOException {
        Files.createDirectories(to);
        for (String name : names) {
            CloudOutput.BIN.write(
                    to.resolve(name),
                    Clouds.random(new Random(name.hashCode()), 100, false, false));
        }
    }

    private Path text(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }

    private static List<Long> seqs(Drive drive) {
        List<Long> out = new ArrayList<>();
        for (int i = 0; i < drive.size(); i++) {
            out.add(drive.key(i).seq());
        }
        return out;
    }

    @Test
    void aRecordedDriveIsTimedByAzimuthAroundItsStamp() throws IOException {
        bins(folder.resolve("velodyne"), "0000000007.bin", "0000000008.bin", "0000000010.bin");
        text("timestamps.txt", "6 99.9\n7 100.0\n8 100.1\n9 100.2\n10 100.3\n");
        text(
                "poses_reference.txt",
                ("1 0 0 %d 0 1 0 0 0 0 1 0\n").repeat(5).formatted(3, 4, 5, 6, 7));
        text(
                "boxes.csv",
                "sweep,track,class,x,y,z,length,width,height,yaw,truncated,occluded,points\n"
                        + "6,0,Van,1,2,3,4,2,2,0.5,0,0,10\n8,4,Person_sitting,1,2,3,1,1,2,-0.5,0,0,7\n8,4,DontCare,1,2,3,1,1,2,-0.5,0,0,7\n");

        for (Path path : List.of(folder, folder.resolve("velodyne"))) {
            try (Drive drive = Drives.open(path)) {
                assertThat(drive.info().format()).isEqualTo("recorded-drive");
                assertThat(drive.info().deskew()).isTrue();
                assertThat(seqs(drive)).containsExactly(7L, 8L, 10L);
                Sweep sweep = drive.read(2, new PointCloud());
                assertThat(sweep.midNanos()).isEqualTo(100_300_000_000L);
                assertThat(sweep.durationNanos()).isEqualTo(100_000_000L);
                assertTimesFollowTheAzimuth(sweep);

                SensorTruth truth = drive.truth().of(sweep.sensorId());
                assertThat(truth.firstFromSweep().keySet()).containsExactly(7L, 8L, 10L);
                assertThat(truth.firstFromSweep().get(10L))
                        .isEqualTo(RigidTransform.translation(3, 0, 0));
                assertThat(truth.boxes()).hasSize(1);
                assertThat(truth.boxes().get(0).objectClass()).isEqualTo(ObjectClass.PEDESTRIAN);
                assertThat(truth.boxes().get(0).track()).isEqualTo("4");
            }
        }
    }

    private static void assertTimesFollowTheAzimuth(Sweep sweep) {
        PointCloud c = sweep.points();
        assertThat(c.hasTime()).isTrue();
        for (int i = 0; i < c.size(); i++) {
            double t = 0.5 - Math.atan2(c.y()[i], c.x()[i]) / (2 * Math.PI);
            assertThat((double) c.timeOffsetNanos()[i])
                    .isCloseTo(t * sweep.durationNanos(), within(1e-5 * sweep.durationNanos()));
        }
    }

    @Test
    void aSweepWithoutAStampIsNamed() throws IOException {
        bins(folder.resolve("velodyne"), "1.bin", "2.bin");
        text("timestamps.txt", "1 0.5\n");

        assertThatThrownBy(() -> Drives.open(folder))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("timestamps.txt: byte 0: no row for sweep 2");
    }

    @Test
    void kittiRawTakesStartAndEndFromTheirFilesAndAllowsGaps() throws IOException {
        Path points = folder.resolve("2011_09_26_drive_0009_sync/velodyne_points");
        bins(points.resolve("data"), "0000000000.bin", "0000000001.bin", "0000000003.bin");
        String day = "2011-09-26 13:02:2";
        String root = "2011_09_26_drive_0009_sync/velodyne_points/";
        text(root + "timestamps.txt", day + "5.951199337\n" + day + "6.05\n\n" + day + "6.25\n");
        text(root + "timestamps_start.txt", day + "5.9\n" + day + "6.0\n\n" + day + "6.2\n");
        text(root + "timestamps_end.txt", day + "6.0\n" + day + "6.1\n\n" + day + "6.300000001\n");

        for (Path path : List.of(points.getParent(), points, points.resolve("data"))) {
            try (Drive drive = Drives.open(path)) {
                assertThat(drive.id()).isEqualTo("2011_09_26_drive_0009_sync");
                assertThat(drive.info().format()).isEqualTo("kitti-raw");
                assertThat(seqs(drive)).containsExactly(0L, 1L, 3L);
                Sweep sweep = drive.read(2, new PointCloud());
                assertThat(sweep.startNanos()).isEqualTo(1_317_042_146_200_000_000L);
                assertThat(sweep.durationNanos()).isEqualTo(100_000_001L);
                assertTimesFollowTheAzimuth(sweep);
            }
        }
    }

    @Test
    void kittiOdometryPosesComeIntoTheLidarFrameAndDeskewIsOff() throws IOException {
        Path sequence = folder.resolve("sequences/07");
        bins(sequence.resolve("velodyne"), "000000.bin", "000001.bin");
        text("sequences/07/times.txt", "0.000000e+00\n1.037359e-01\n");
        text("sequences/07/calib.txt", "P0: 1 2 3\nTr: " + TR + "\n");
        // The camera drives 2 m along its z: the LiDAR drives 2 m along its x.
        text("poses/07.txt", "1 0 0 0 0 1 0 0 0 0 1 0\n1 0 0 0 0 1 0 0 0 0 1 2\n");

        for (Path path : List.of(sequence, sequence.resolve("velodyne"), folder)) {
            try (Drive drive = Drives.open(path)) {
                assertThat(drive.info().format()).isEqualTo("kitti-odometry");
                assertThat(drive.info().deskew()).isFalse();
                Sweep sweep = drive.read(1, new PointCloud());
                assertThat(sweep.points().hasTime()).isFalse();
                assertThat(sweep.midNanos()).isEqualTo(103_735_900L);
                RigidTransform pose = drive.truth().of(sweep.sensorId()).firstFromSweep().get(1L);
                assertThat(pose).isNotNull();
                assertThat(pose.tx()).isCloseTo(2, within(1e-12));
                assertThat(Math.hypot(pose.ty(), pose.tz())).isCloseTo(0, within(1e-12));
            }
        }
    }

    @Test
    void kittiObjectLabelsBecomeBoxesAndDontCareIsSkipped() throws IOException {
        bins(folder.resolve("training/velodyne"), "000003.bin", "000005.bin");
        text("training/calib/000003.txt", "R0_rect: 1 0 0 0 1 0 0 0 1\nTr_velo_to_cam: " + TR);
        text("training/calib/000005.txt", "R0_rect: 1 0 0 0 1 0 0 0 1\nTr_velo_to_cam: " + TR);
        // h w l, bottom centre: 3 m to the right, 1.5 m down, 10 m ahead; driving away.
        text(
                "training/label_2/000003.txt",
                "Car 0.00 0 1.85 387 181 423 203 1.6 1.8 4.0 3 1.5 10 -1.5707963267948966\n"
                        + "DontCare -1 -1 -10 503 169 590 190 -1 -1 -1 -1000 -1000 -1000 -10\n");
        text("training/label_2/000005.txt", "");

        try (Drive drive = Drives.open(folder)) {
            assertThat(drive.info().format()).isEqualTo("kitti-object");
            assertThat(drive.info().deskew()).isFalse();
            SensorTruth truth = drive.truth().of(drive.info().sensors().get(0).sensorId());
            assertThat(truth.frontViewOnly()).isTrue();
            assertThat(truth.boxes()).hasSize(1);
            LabelledBox car = truth.boxes().get(0);
            assertThat(car.sweep()).isEqualTo(3);
            assertThat(car.objectClass()).isEqualTo(ObjectClass.CAR);
            assertThat(car.box().x()).isCloseTo(10.27, within(1e-9));
            assertThat(car.box().y()).isCloseTo(-3, within(1e-9));
            assertThat(car.box().z()).isCloseTo(-1.5 + 0.8 - 0.08, within(1e-9));
            assertThat(car.box().yawRad()).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void aFolderIsReadInTheOrderOfItsNumbers() throws IOException {
        bins(folder, "scan_10.bin", "scan_9.bin", "scan_100.bin");

        try (Drive drive = Drives.open(folder)) {
            assertThat(drive.info().format()).isEqualTo("folder");
            assertThat(drive.info().deskew()).isFalse();
            assertThat(drive.info().deskewReason()).contains("10 Hz assumed");
            assertThat(seqs(drive)).containsExactly(9L, 10L, 100L);
            assertThat(drive.key(2).startNanos()).isEqualTo(200_000_000L);
        }
    }

    @Test
    void namesWithoutRisingNumbersCountByPosition() throws IOException {
        bins(folder, "a_1.bin", "b_1.bin", "c.bin");

        try (Drive drive = Drives.open(folder)) {
            assertThat(seqs(drive)).containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void aTimeColumnTurnsDeskewOn() throws IOException {
        PointCloud timed = Clouds.random(new Random(4), 50, true, true);
        CloudOutput.PCD_COMPRESSED.write(folder.resolve("1.pcd"), timed);
        PointCloud bare = Clouds.random(new Random(5), 50, true, false);
        CloudOutput.PCD.write(folder.resolve("2.pcd"), bare);

        try (Drive drive = Drives.open(folder)) {
            assertThat(drive.info().deskew()).isTrue();
            Sweep sweep = drive.read(0, new PointCloud());
            assertThat(Clouds.bits(sweep.points())).isEqualTo(Clouds.bits(timed));
            assertThatThrownBy(() -> drive.read(1, new PointCloud()))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("no usable time column");
        }
    }

    @Test
    void aSingleFileIsADriveOfOneSweep() throws IOException {
        bins(folder, "scan_0017.bin", "scan_0018.bin");

        try (Drive drive = Drives.open(folder.resolve("scan_0017.bin"))) {
            assertThat(drive.id()).isEqualTo("scan_0017");
            assertThat(seqs(drive)).containsExactly(17L);
            assertThat(drive.info().summary()).contains("single-file").contains("deskew: off");
        }
    }

    @Test
    void whatIsNotThereIsToldFromWhatIsBad() throws IOException {
        assertThatThrownBy(() -> Drives.open(folder.resolve("nowhere")))
                .isInstanceOf(NoSuchFileException.class);
        text("notes.txt", "nothing");
        assertThatThrownBy(() -> Drives.open(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("looked for")
                .hasMessageContaining("timestamps.txt")
                .hasMessageContaining("velodyne_points")
                .hasMessageContaining("times.txt")
                .hasMessageContaining("label_2");
        assertThatThrownBy(() -> Drives.open(folder.resolve("notes.txt")))
                .isInstanceOf(MalformedDataException.class);
    }
}
