package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.BoxOverlap;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TownDriveTest {
    private static final double BEFORE_M = 0.05;

    private static final SensorModel TOP = SensorModel.hdl64("top").ideal().withColumns(512);
    private static final SensorModel REAR =
            SensorModel.vlp16("rear")
                    .mountedAt(
                            "rear",
                            RigidTransform.ofYawPitchRoll(Math.PI - 0.2, 0.05, 0, -1.8, 0.3, 1.2));
    private static final TownDrive DRIVE = new TownDrive(TownConfig.of(11).withSensors(TOP));
    private static final TownDrive EXACT =
            new TownDrive(
                    TownConfig.of(11).withSensors(TOP.withRangeSigmaM(0), REAR.withRangeSigmaM(0)));

    /** Where a point lies in the world: its sensor's pose at its own measuring time. */
    private static double[] world(TownDrive drive, int sensor, SimulatedSweep s, int i) {
        PointCloud p = s.sweep().points();
        long t = s.sweep().startNanos() + p.timeOffsetNanos()[i];
        RigidTransform m = drive.worldFromSensor(0, sensor, t);
        float x = p.x()[i];
        float y = p.y()[i];
        float z = p.z()[i];
        return new double[] {
            m.mapX(x, y, z), m.mapY(x, y, z), m.mapZ(x, y, z), m.tx(), m.ty(), m.tz()
        };
    }

    @Test
    void sameSeedGivesTheSameBytesInAnyOrderOfCalls() {
        TownConfig config = TownConfig.of(5).withSweeps(40).withVehicles(2).withSensors(TOP, REAR);
        TownDrive forward = new TownDrive(config);
        TownDrive backward = new TownDrive(config);
        List<Integer> a = new ArrayList<>();
        List<Integer> b = new ArrayList<>();

        for (int k = 0; k < 12; k++) {
            a.add(fingerprint(forward.sweep(k & 1, k >> 1 & 1, 3 * k)));
            int r = 11 - k;
            b.add(0, fingerprint(backward.sweep(r & 1, r >> 1 & 1, 3 * r)));
        }

        assertThat(a).isEqualTo(b).doesNotHaveDuplicates();
    }

    private static int fingerprint(SimulatedSweep s) {
        PointCloud p = s.sweep().points().copy();
        return Arrays.deepHashCode(
                new Object[] {
                    p.x(),
                    p.y(),
                    p.z(),
                    p.intensity(),
                    p.ring(),
                    p.timeOffsetNanos(),
                    s.pointLabels(),
                    s.boxes().toArray(),
                    s.worldFromSensor(),
                    s.firstFromSensor(),
                    s.sweep().startNanos()
                });
    }

    @Test
    void anotherSeedGivesAnotherTown() {
        TownDrive other = new TownDrive(TownConfig.of(12).withSensors(TOP));

        assertThat(fingerprint(other.sweep(0, 0, 0)))
                .isNotEqualTo(fingerprint(DRIVE.sweep(0, 0, 0)));
    }

    @Test
    void ringAndTimeTellThePointsDirection() {
        SimulatedSweep s = DRIVE.sweep(0, 0, 7);
        PointCloud p = s.sweep().points();
        double duration = s.sweep().durationNanos();

        assertThat(p.size()).isGreaterThan(20_000);
        for (int i = 0; i < p.size(); i++) {
            double azimuth = Math.atan2(p.y()[i], p.x()[i]);
            double fraction = p.timeOffsetNanos()[i] / duration;
            double turn = Angles.difference(azimuth, Angles.TWO_PI * (0.5 - fraction));
            double elevation = Math.atan2(p.z()[i], Math.hypot(p.x()[i], p.y()[i]));
            assertThat(turn).isBetween(-1e-5, 1e-5);
            assertThat(elevation - TOP.pattern().elevationRad()[p.ringOf(i)])
                    .isBetween(-1e-5, 1e-5);
        }
    }

    @Test
    void truthBoxesHoldTheirPointsMovedToMidSweep() {
        int inside = 0;
        int all = 0;
        for (int k = 0; k < 300; k += 30) {
            SimulatedSweep s = DRIVE.sweep(0, 0, k);
            RigidTransform sensorFromWorld = s.worldFromSensor().inverse();
            int[] counted = new int[4096];
            for (int i = 0; i < s.pointLabels().length; i++) {
                int id = s.pointLabels()[i];
                if (id < 0) {
                    continue;
                }
                counted[id]++;
                TruthBox b =
                        s.boxes().stream()
                                .filter(x -> x.objectId() == id)
                                .findFirst()
                                .orElseThrow();
                double dt =
                        (s.sweep().startNanos()
                                        + s.sweep().points().timeOffsetNanos()[i]
                                        - s.sweep().midNanos())
                                * 1e-9;
                double[] w = world(DRIVE, 0, s, i);
                double x = w[0] - dt * b.velocityX();
                double y = w[1] - dt * b.velocityY();
                double z = w[2] - dt * b.velocityZ();
                all++;
                if (b.box()
                        .contains(
                                sensorFromWorld.mapX(x, y, z),
                                sensorFromWorld.mapY(x, y, z),
                                sensorFromWorld.mapZ(x, y, z),
                                0.12)) {
                    inside++;
                }
            }
            for (TruthBox b : s.boxes()) {
                assertThat(counted[b.objectId()]).as(b.trackId()).isEqualTo(b.points());
            }
        }
        assertThat(all).isGreaterThan(1000);
        // boxes stand upright in the LiDAR's frame, long vehicles on a slope do not
        assertThat(inside).isGreaterThan((int) (0.985 * all));
    }

    @Test
    void withoutNoiseEveryPointOfTheRoadLiesOnTheRoad() {
        Ground plan = EXACT.world().ground();
        for (int sensor = 0; sensor < 2; sensor++) {
            SimulatedSweep s = EXACT.sweep(0, sensor, 60);
            int roads = 0;
            for (int i = 0; i < s.pointLabels().length; i++) {
                if (s.pointLabels()[i] == Surface.ROAD.label()) {
                    double[] w = world(EXACT, sensor, s, i);
                    assertThat(w[2] - plan.base(w[0], w[1])).isBetween(-2e-3, 2e-3);
                    assertThat(plan.kerbDistance(w[0], w[1])).isLessThan(0.01);
                    roads++;
                }
            }
            assertThat(roads).isGreaterThan(2000);
        }
    }

    @Test
    void withoutNoiseWallsDeskewedByTheTrueMotionAreSharp() {
        Shape.Hit hit = new Shape.Hit();
        for (int k = 40; k <= 200; k += 80) {
            SimulatedSweep s = EXACT.sweep(0, 0, k);
            int walls = 0;
            for (int i = 0; i < s.pointLabels().length; i += 5) {
                if (s.pointLabels()[i] == Surface.HOUSE.label()) {
                    assertThat(distanceToABody(world(EXACT, 0, s, i), hit)).isLessThan(2e-3);
                    walls++;
                }
            }
            assertThat(walls).isGreaterThan(100);
        }
    }

    /**
     * Casts from 5 cm before the point and tells how far off the nearest surface is: so close that
     * hardly a pane, which lets some rays pass, lies between.
     */
    private static double distanceToABody(double[] w, Shape.Hit hit) {
        double dx = w[0] - w[3];
        double dy = w[1] - w[4];
        double dz = w[2] - w[5];
        double n = Math.sqrt(dx * dx + dy * dy + dz * dz);
        double best = 1e9;
        for (Body b : EXACT.world().bodies()) {
            double[] q = b.pose();
            double x = w[0] - BEFORE_M * dx / n - q[9];
            double y = w[1] - BEFORE_M * dy / n - q[10];
            double z = w[2] - BEFORE_M * dz / n - q[11];
            if (x * x + y * y > 900) {
                continue;
            }
            hit.t = 1;
            if (b.shape()
                    .nearest(
                            q[0] * x + q[3] * y + q[6] * z,
                            q[1] * x + q[4] * y + q[7] * z,
                            q[2] * x + q[5] * y + q[8] * z,
                            (q[0] * dx + q[3] * dy + q[6] * dz) / n,
                            (q[1] * dx + q[4] * dy + q[7] * dz) / n,
                            (q[2] * dx + q[5] * dy + q[8] * dz) / n,
                            b.seed(),
                            hit)) {
                if (b.shape().glass[hit.part] > 0) {
                    return 0; // a pane that the ray passed: what is behind it cannot be told
                }
                best = Math.min(best, Math.abs(hit.t - BEFORE_M));
            }
        }
        return best;
    }

    @Test
    void vehiclesMoveLikeVehicles() {
        for (long seed = 1; seed <= 3; seed++) {
            TownDrive drive = new TownDrive(TownConfig.of(seed).withSensors(TOP));
            RigidTransform[] pose = new RigidTransform[drive.sweepCount()];
            for (int i = 0; i < pose.length; i++) {
                pose[i] =
                        drive.worldFromSensor(0, 0, drive.startNanos(0, 0, i))
                                .times(TOP.egoFromSensor().inverse());
            }
            double walked = 0;
            for (int i = 2; i < pose.length; i++) {
                RigidTransform a = pose[i - 2].inverse().times(pose[i - 1]);
                RigidTransform b = pose[i - 1].inverse().times(pose[i]);
                walked += b.translationNorm();
                assertThat(b.translationNorm()).as("60 km/h").isLessThan(1.68);
                assertThat(b.angleRad()).isLessThan(0.1);
                double acceleration = Math.hypot(b.tx() - a.tx(), b.ty() - a.ty()) / 0.01;
                assertThat(acceleration).as("seed %d sweep %d", seed, i).isLessThan(5);
                assertThat(Math.abs(b.ty())).as("sideways").isLessThan(0.06);
            }
            assertThat(walked).isGreaterThan(80);
        }
    }

    @Test
    void nobodyDrivesThroughAnybody() {
        Set<ObjectClass> seen = EnumSet.noneOf(ObjectClass.class);
        for (int k = 0; k < 300; k += 20) {
            List<TruthBox> boxes = DRIVE.sweep(0, 0, k).boxes();
            for (int i = 0; i < boxes.size(); i++) {
                TruthBox a = boxes.get(i);
                seen.add(a.objectClass());
                assertThat(a.box().contains(0, 0, a.box().z(), 0.7)).as(a.trackId()).isFalse();
                for (int j = 0; j < i; j++) {
                    TruthBox b = boxes.get(j);
                    assertThat(BoxOverlap.bev(a.box(), b.box()))
                            .as("sweep %d: %s and %s", k, a.trackId(), b.trackId())
                            .isZero();
                }
            }
        }
        assertThat(seen)
                .contains(
                        ObjectClass.CAR,
                        ObjectClass.VAN,
                        ObjectClass.CYCLIST,
                        ObjectClass.PEDESTRIAN);
    }

    @Test
    void firstFromSensorStartsAtIdentity() {
        assertThat(DRIVE.sweep(0, 0, 0).firstFromSensor().translationNorm()).isLessThan(1e-9);
        assertThat(DRIVE.sweep(0, 0, 50).firstFromSensor().translationNorm()).isGreaterThan(1);
    }

    @Test
    void aFullSweepCostsLittle() {
        TownDrive drive = new TownDrive(TownConfig.of(3));
        var threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 12; i++) {
            long before = threads.getCurrentThreadCpuTime();
            drive.sweep(0, 0, 10 * i);
            best = Math.min(best, threads.getCurrentThreadCpuTime() - before);
        }
        assertThat(best / 1e6).as("milliseconds of CPU, 64 x 2048 rays").isLessThan(300);
    }

    @Test
    void anIndexOutOfRangeIsNamed() {
        assertThatThrownBy(() -> DRIVE.sweep(0, 0, 300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sweep index is 300, expected 0 .. 299");
        assertThatThrownBy(() -> DRIVE.sweep(1, 0, 0)).hasMessageContaining("vehicle index is 1");
        assertThatThrownBy(() -> TownConfig.of(1).withSweeps(0))
                .hasMessageContaining("sweeps is 0, expected 1 .. 100000");
        assertThatThrownBy(() -> Surface.ofLabel(3)).hasMessageContaining("label is 3");
    }
}
