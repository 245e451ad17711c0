package io.azimuth.registration.odometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Real drives against a reference of an independent odometry, good to 2 cm and 0.1 degree a sweep.
 */
class RecordedOdometryTest {
    @Test
    void cityDriveStaysWithinTheReference() throws IOException {
        TrajectoryError error = score("kitti_0005");

        assertThat(error.driftPercent()).isLessThan(1);
        assertThat(error.endAngleDeg()).isLessThan(0.5);
        assertThat(error.translationPercent()).isLessThan(0.22);
        assertThat(error.rotationDegPer100m()).isLessThan(0.3);
        assertThat(error.ateM()).isLessThan(0.02);
        assertThat(error.rpeM()).isLessThan(0.011);
        assertThat(error.rpeDeg()).isLessThan(0.035);
    }

    @Test
    void driveThatStartsAtSpeedLosesNothingAtTheStart() throws IOException {
        TrajectoryError error = score("kitti_udacity_22");

        assertThat(error.driftPercent()).isLessThan(0.3);
        assertThat(error.worstStepM()).isLessThan(0.035);
    }

    private static TrajectoryError score(String name) throws IOException {
        String data = System.getenv("AZIMUTH_DATA");
        assumeTrue(data != null, "AZIMUTH_DATA is not set: no recordings to test on");
        Path drive = Path.of(data, "drives", name);
        assumeTrue(Files.isDirectory(drive), "no recording at " + drive);
        List<RigidTransform> truth = new ArrayList<>();
        for (String row : Files.readAllLines(drive.resolve("poses_reference.txt"))) {
            truth.add(
                    RigidTransform.ofRows(
                            Arrays.stream(row.trim().split("\\s+"))
                                    .mapToDouble(Double::parseDouble)
                                    .toArray()));
        }
        LidarOdometry odometry = new LidarOdometry(OdometryConfig.defaults());
        SweepReducer reducer = new SweepReducer(OdometryConfig.defaults());
        PointCloud cloud = new PointCloud();
        List<RigidTransform> estimate = new ArrayList<>();
        for (Path file : RecordedDrive.sweeps(drive)) {
            estimate.add(
                    odometry.update(reducer.reduce(RecordedDrive.read(file, cloud)))
                            .odomFromSensor());
        }
        return TrajectoryError.of(truth, estimate);
    }
}
