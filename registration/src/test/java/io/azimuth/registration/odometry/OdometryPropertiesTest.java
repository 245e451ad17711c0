package io.azimuth.registration.odometry;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

/** What holds for any odometry, at sizes that a drive of a few sweeps does not reach. */
class OdometryPropertiesTest {
    private static final OdometryConfig CONFIG = OdometryConfig.defaults();
    private static final double HEIGHT_M = 1.7;

    /**
     * It comes to rest 2 mm off: the map's distributions are a little softer on their outer side.
     */
    @Test
    void oneScanSeenAHundredTimesStaysWithinMillimetres() {
        ReducedSweep scan = reduced(Scenes.street(), t -> straight(0, t), 0);
        LidarOdometry odometry = new LidarOdometry(CONFIG);
        OdometryEstimate last = odometry.update(scan);

        for (int i = 1; i < 100; i++) {
            last = odometry.update(at(scan, i));
        }

        assertThat(last.held() || last.discontinuity()).isFalse();
        assertThat(last.odomFromSensor().translationNorm()).isLessThan(0.003);
        assertThat(Math.toDegrees(last.odomFromSensor().angleRad())).isLessThan(0.01);
    }

    @Test
    void compensationPutsPointsWhereTheyWereAndItsLackDoesNot() {
        DoubleFunction<RigidTransform> path =
                t -> straight(0, 0).times(RigidTransform.exp(scaled(t)));
        ReducedSweep sweep = reduced(Scenes.street(), path, 3);
        double[] motion = Deskew.motion(scaled(1), sweep.endNanos() - sweep.startNanos());

        assertThat(worstOffM(sweep, path, motion)).isLessThan(0.02);
        assertThat(worstOffM(sweep, path, new double[6])).isGreaterThan(0.2);
    }

    @Test
    void afterTenThousandSweepsTheStateIsNoLargerThanItMayBe() {
        List<ReducedSweep> places = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            double x = 0.6 * i; // farther apart than key frames
            places.add(
                    thinned(
                            reduced(
                                    Scenes.street(),
                                    t -> RigidTransform.translation(x, 0, HEIGHT_M),
                                    0),
                            600));
        }
        // large voxels, so that few points make surfaces and ten thousand sweeps take seconds
        LidarOdometry odometry =
                new LidarOdometry(
                        new OdometryConfig(
                                0.4,
                                100,
                                2.5,
                                4,
                                0.3,
                                0.5,
                                3,
                                40,
                                0.3,
                                0.01,
                                5,
                                OdometryConfig.SCAN_TO_MAP));
        int held = 0;
        for (int i = 0; i < 10_000; i++) {
            int to = i % 22;
            held += odometry.update(at(places.get(to < 12 ? to : 22 - to), i)).held() ? 1 : 0;
            assertThat(odometry.state().keyFrames()).hasSizeLessThanOrEqualTo(CONFIG.keyFrames());
        }

        assertThat(odometry.state().keyFrames()).hasSize(CONFIG.keyFrames());
        assertThat(odometry.state().sweeps()).isEqualTo(10_000);
        assertThat(held).isZero();
        assertThat(odometry.state().keyFrames()).allMatch(f -> f.size() <= 600);
    }

    /** Worst distance of compensated points from where they were measured, both at mid-sweep. */
    private static double worstOffM(
            ReducedSweep sweep, DoubleFunction<RigidTransform> path, double[] motion) {
        double[] points = new Deskew().apply(sweep, motion);
        RigidTransform midFromWorld = path.apply(1e-9 * sweep.midNanos()).inverse();
        double duration = sweep.endNanos() - sweep.startNanos();
        double worst = 0;
        for (int i = 0; i < sweep.size(); i++) {
            double share = Short.toUnsignedInt(sweep.time()[i]) / 65535.0;
            RigidTransform then =
                    midFromWorld.times(path.apply(1e-9 * (sweep.startNanos() + share * duration)));
            double x = sweep.x()[i] * (double) sweep.stepM();
            double y = sweep.y()[i] * (double) sweep.stepM();
            double z = sweep.z()[i] * (double) sweep.stepM();
            double dx = points[3 * i] - then.mapX(x, y, z);
            double dy = points[3 * i + 1] - then.mapY(x, y, z);
            double dz = points[3 * i + 2] - then.mapZ(x, y, z);
            worst = Math.max(worst, Math.sqrt(dx * dx + dy * dy + dz * dz));
        }
        return worst;
    }

    /** 12 m/s ahead, turning. */
    private static double[] scaled(double factor) {
        return new double[] {0, 0, 0.1 * factor, 12 * factor, 0, 0};
    }

    private static RigidTransform straight(double speedMps, double t) {
        return RigidTransform.translation(speedMps * t, 0, HEIGHT_M);
    }

    private static ReducedSweep reduced(
            Scenes scene, DoubleFunction<RigidTransform> path, long seq) {
        return new SweepReducer(CONFIG).reduce(scene.sweep(seq, path));
    }

    /** The same points as sweep number {@code seq}. */
    private static ReducedSweep at(ReducedSweep s, long seq) {
        long start = seq * Scenes.PERIOD_NANOS;
        return new ReducedSweep(
                seq,
                start,
                start + s.endNanos() - s.startNanos(),
                s.timed(),
                s.stepM(),
                s.x(),
                s.y(),
                s.z(),
                s.time());
    }

    /** About {@code most} of its points, evenly spread; compensated already. */
    private static ReducedSweep thinned(ReducedSweep s, int most) {
        int step = s.size() / most + 1;
        return new ReducedSweep(
                s.seq(),
                s.startNanos(),
                s.endNanos(),
                false,
                s.stepM(),
                every(s.x(), step),
                every(s.y(), step),
                every(s.z(), step),
                every(s.time(), step));
    }

    private static short[] every(short[] values, int step) {
        short[] out = Arrays.copyOf(values, values.length / step);
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i * step];
        }
        return out;
    }
}
