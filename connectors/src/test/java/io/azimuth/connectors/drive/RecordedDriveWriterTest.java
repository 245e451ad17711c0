package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedDriveWriterTest {
    private static final long PERIOD = 100_000_000L;
    private static final long EPOCH = 1_700_000_000_000_000_000L;
    private static final int RINGS = 16;
    private static final int COLUMNS = 90;

    @TempDir Path folder;

    /** Sensors that see a ring of walls, column by column as they fire. */
    private record Toy(List<DriveSensor> sensors, int sweeps) implements Drive {
        @Override
        public String id() {
            return "toy";
        }

        @Override
        public DriveInfo info() {
            return new DriveInfo("toy", "made", true, "made so", sensors, 0.1, size());
        }

        @Override
        public int size() {
            return sweeps * sensors.size();
        }

        @Override
        public SweepKey key(int index) {
            int sensor = index % sensors.size();
            long seq = index / sensors.size();
            long start = EPOCH + seq * PERIOD + sensor * 25_000_001L;
            return new SweepKey(sensor, seq, start, start + PERIOD);
        }

        @Override
        public Sweep read(int index, PointCloud reuse) {
            SweepKey key = key(index);
            reuse.clear();
            for (int c = 0; c < COLUMNS; c++) {
                double t = (c + 0.5) / COLUMNS;
                double a = 2 * Math.PI * (0.5 - t);
                for (int r = 0; r < RINGS; r++) {
                    double range = 10 + index + 0.01 * c + 0.1 * r;
                    reuse.add(
                            (float) (range * Math.cos(a)),
                            (float) (range * Math.sin(a)),
                            0.2f * r,
                            r / 16f,
                            r,
                            (int) (t * PERIOD));
                }
            }
            reuse.declare(true, true);
            DriveSensor s = sensors.get(key.sensor());
            return new Sweep(
                    s.vehicleId(),
                    s.sensorId(),
                    "toy",
                    key.seq(),
                    key.startNanos(),
                    key.endNanos(),
                    Sweep.Sector.WHOLE,
                    s.egoFromSensor(),
                    null,
                    reuse);
        }

        @Override
        public ReadReport lastReport() {
            return new ReadReport();
        }

        @Override
        public DriveTruth truth() {
            Map<String, SensorTruth> all = new TreeMap<>();
            for (DriveSensor s : sensors) {
                TreeMap<Long, RigidTransform> poses = new TreeMap<>();
                List<LabelledBox> boxes = new ArrayList<>();
                for (long k = 0; k < sweeps; k++) {
                    poses.put(k, RigidTransform.ofYaw(0.1 * k, k / 3.0, 0.01 * k, 0));
                    boxes.add(
                            new LabelledBox(
                                    k,
                                    "car-1",
                                    ObjectClass.CAR,
                                    new OrientedBox(1 / 3.0 + k, 2, 3, 4, 2, 1.5, 0.3),
                                    12));
                }
                all.put(
                        s.sensorId(),
                        new SensorTruth(poses, boxes, new TreeSet<>(poses.keySet()), false));
            }
            return new DriveTruth(all);
        }

        @Override
        public void close() {}
    }

    private static DriveSensor sensor(String vehicle, String name) {
        return new DriveSensor(
                vehicle, vehicle + "/" + name, RigidTransform.ofYaw(0.2, 1.5, 0, 1.8));
    }

    @Test
    void severalSensorsComeBackInterleavedWithTimesRingsAndTruth() throws IOException {
        Toy toy =
                new Toy(
                        List.of(
                                sensor("veh-0", "top"),
                                sensor("veh-0", "rear"),
                                sensor("veh-1", "top")),
                        4);
        RecordedDriveWriter.write(toy, folder);

        try (Drive back = Drives.open(folder)) {
            assertThat(back.id()).isEqualTo("toy");
            assertThat(back.info().sensors()).isEqualTo(toy.sensors());
            assertThat(back.size()).isEqualTo(toy.size());
            PointCloud made = new PointCloud();
            PointCloud read = new PointCloud();
            for (int i = 0; i < toy.size(); i++) {
                assertThat(back.key(i)).isEqualTo(toy.key(i));
                Sweep sweep = back.read(i, read);
                assertThat(sweep.sensorId()).isEqualTo(toy.read(i, made).sensorId());
                assertSameAsFired(read, made);
            }
            assertSameTruth(back.truth(), toy.truth());
        }
    }

    @Test
    void oneSensorLiesInTheFolderItself() throws IOException {
        Toy toy = new Toy(List.of(sensor("veh-0", "top")), 2);
        RecordedDriveWriter.write(toy, folder);

        try (Drive back = Drives.open(folder.resolve("velodyne"))) {
            assertThat(back.info().sensors()).isEqualTo(toy.sensors());
            assertThat(back.key(1)).isEqualTo(toy.key(1));
            assertSameTruth(back.truth(), toy.truth());
        }
        assertThatThrownBy(() -> RecordedDriveWriter.write(toy, folder))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    private static void assertSameTruth(DriveTruth back, DriveTruth made) {
        assertThat(back.bySensor().keySet()).isEqualTo(made.bySensor().keySet());
        for (String sensor : made.bySensor().keySet()) {
            SensorTruth expected = made.of(sensor);
            assertThat(back.of(sensor).boxes()).isEqualTo(expected.boxes());
            assertThat(back.of(sensor).boxesKnown()).isTrue();
            assertThat(back.of(sensor).frontViewOnly()).isFalse();
            assertThat(back.of(sensor).firstFromSweep()).hasSameSizeAs(expected.firstFromSweep());
            expected.firstFromSweep()
                    .forEach(
                            (seq, pose) ->
                                    assertThat(
                                                    pose.inverse()
                                                            .times(
                                                                    java.util.Objects
                                                                            .requireNonNull(
                                                                                    back.of(sensor)
                                                                                            .firstFromSweep()
                                                                                            .get(
                                                                                                    seq)))
                                                            .translationNorm())
                                            .isLessThan(1e-9));
        }
    }

    /** Written: ring by ring, counter-clockwise from straight ahead. Fired: column by column. */
    private static void assertSameAsFired(PointCloud read, PointCloud made) {
        assertThat(read.size()).isEqualTo(made.size());
        assertThat(read.hasRing()).isTrue();
        for (int i = 0; i < read.size(); i++) {
            int ring = read.ringOf(i);
            int column = Math.floorMod(COLUMNS / 2 - 1 - i % COLUMNS, COLUMNS);
            int j = column * RINGS + ring;
            assertThat(ring).isEqualTo(i / COLUMNS);
            assertThat(read.x()[i]).isEqualTo(made.x()[j]);
            assertThat(read.intensity()[i]).isEqualTo(made.intensity()[j]);
            assertThat((double) read.timeOffsetNanos()[i])
                    .isCloseTo(made.timeOffsetNanos()[j], within(1e-5 * PERIOD));
        }
    }
}
