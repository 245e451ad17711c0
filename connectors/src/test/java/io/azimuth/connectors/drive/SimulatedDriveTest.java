package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDriveTest {
    /** Poses are written with all digits: only rounding of products is left. */
    private static final double SAME_M = 1e-9;

    @TempDir Path folder;

    private static SimulatedDrive twoVehicles(int sweeps) {
        SensorModel top = SensorModel.vlp16("top").withColumns(360);
        SensorModel rear = top.mountedAt("rear", RigidTransform.ofYaw(Math.PI, -1.5, 0, 1.6));
        return new SimulatedDrive(
                TownConfig.of(3).withSweeps(sweeps).withVehicles(2).withSensors(top, rear));
    }

    @Test
    void sweepsOfAllSensorsComeInTimeOrderWithTimesAndRings() {
        SimulatedDrive drive = twoVehicles(3);
        assertThat(drive.size()).isEqualTo(12);
        assertThat(drive.info().sensors()).hasSize(4);
        PointCloud cloud = new PointCloud();
        long last = Long.MIN_VALUE;
        for (int i = 0; i < drive.size(); i++) {
            Sweep sweep = drive.read(i, cloud);
            SweepKey key = drive.key(i);
            assertThat(sweep.points()).isSameAs(cloud);
            assertThat(sweep.startNanos()).isEqualTo(key.startNanos());
            assertThat(sweep.endNanos()).isGreaterThanOrEqualTo(last);
            assertThat(sweep.endNanos()).isEqualTo(key.endNanos());
            assertThat(sweep.seq()).isEqualTo(key.seq());
            DriveSensor sensor = drive.info().sensors().get(key.sensor());
            assertThat(sweep.sensorId()).isEqualTo(sensor.sensorId());
            assertThat(sweep.egoFromSensor()).isEqualTo(sensor.egoFromSensor());
            assertThat(cloud.hasTime()).isTrue();
            assertThat(cloud.hasRing()).isTrue();
            assertThat(cloud.size()).isGreaterThan(500);
            last = sweep.endNanos();
        }
    }

    @Test
    void aWrittenDriveReadsBackAsTheSameSweepsAndTruth() throws IOException {
        SimulatedDrive made = twoVehicles(4);
        RecordedDriveWriter.write(made, folder);

        try (Drive back = Drives.open(folder)) {
            assertThat(back.id()).isEqualTo(made.id());
            assertThat(back.size()).isEqualTo(made.size());
            PointCloud a = new PointCloud();
            PointCloud b = new PointCloud();
            for (int i = 0; i < made.size(); i++) {
                assertThat(back.key(i)).isEqualTo(made.key(i));
                made.read(i, a);
                back.read(i, b);
                assertThat(b.size()).isEqualTo(a.size());
                assertThat(meanTime(b)).isCloseTo(meanTime(a), within(1000.0)); // 1e-5 of a sweep
            }
            assertSameTruth(back.truth(), made.truth());
        }
    }

    private static double meanTime(PointCloud c) {
        double sum = 0;
        for (int i = 0; i < c.size(); i++) {
            sum += c.timeOffsetNanos()[i];
        }
        return sum / c.size();
    }

    private static void assertSameTruth(DriveTruth back, DriveTruth made) {
        assertThat(back.bySensor().keySet()).isEqualTo(made.bySensor().keySet());
        for (String sensor : made.bySensor().keySet()) {
            assertThat(back.of(sensor).boxes()).isEqualTo(made.of(sensor).boxes());
            assertThat(back.of(sensor).frontViewOnly()).isFalse();
            made.of(sensor)
                    .firstFromSweep()
                    .forEach(
                            (seq, pose) -> {
                                RigidTransform read =
                                        Objects.requireNonNull(
                                                back.of(sensor).firstFromSweep().get(seq));
                                assertThat(pose.inverse().times(read).translationNorm())
                                        .isLessThan(SAME_M);
                            });
        }
    }
}
