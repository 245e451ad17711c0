package io.azimuth.registration.odometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LidarOdometryTest {
    private static final OdometryConfig CONFIG = OdometryConfig.defaults();
    private static final double HEIGHT_M = 1.7;

    @Test
    void followsADriveThatStartsAtSpeedAndTurns() {
        DoubleFunction<RigidTransform> path = t -> arc(12, 0.25, t);

        List<OdometryEstimate> poses = run(Scenes.street(), path, 0, 30);

        for (int i = 0; i < 30; i++) {
            RigidTransform truth = mid(path, 0).inverse().times(mid(path, i));
            RigidTransform off = truth.inverse().times(poses.get(i).odomFromSensor());
            assertThat(off.translationNorm()).as("sweep %d", i).isLessThan(0.06);
            assertThat(Math.toDegrees(off.angleRad())).as("sweep %d", i).isLessThan(0.3);
        }
        assertThat(poses.get(20).twist()[3]).isCloseTo(12, within(0.3));
        assertThat(poses.get(20).twist()[2]).isCloseTo(0.25, within(0.02));
    }

    @Test
    void standingStillStaysWithinMillimetres() {
        List<OdometryEstimate> poses = run(Scenes.street(), t -> arc(0, 0, t), 0, 12);

        assertThat(poses).allMatch(e -> e.odomFromSensor().translationNorm() < 0.01);
        assertThat(poses).noneMatch(OdometryEstimate::held);
    }

    /** The street repeats itself every 11 m, and a sensor's own rings tell it that it stands. */
    @ParameterizedTest
    @ValueSource(doubles = {-4, 1, 13, 16, 18, 21, 22, 25, 30, 36, 40})
    void startAtAnySpeedIsRecognisedFromTwoSweeps(double speedMps) {
        List<OdometryEstimate> poses = run(Scenes.street(), t -> arc(speedMps, 0, t), 0, 4);

        for (int i = 1; i < 4; i++) {
            double truth = speedMps * i * 1e-9 * Scenes.PERIOD_NANOS;
            assertThat(poses.get(i).odomFromSensor().tx())
                    .as("sweep %d", i)
                    .isCloseTo(truth, within(0.02));
        }
    }

    @Test
    void oneSweepRepeatedDoesNotDriftAfterItsFirstPair() {
        Sweep still = Scenes.street().sweep(0, t -> arc(0, 0, t));
        SweepReducer reducer = new SweepReducer(CONFIG);
        LidarOdometry odometry = new LidarOdometry(CONFIG);
        List<RigidTransform> poses = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            poses.add(odometry.update(reducer.reduce(later(still, i))).odomFromSensor());
        }

        assertThat(poses.get(1).translationNorm()).isLessThan(0.0025);
        RigidTransform drift = poses.get(1).inverse().times(poses.get(99));
        assertThat(drift.translationNorm()).isLessThan(0.001);
    }

    @Test
    void fastTurnOnTheSpotIsFollowed() {
        DoubleFunction<RigidTransform> path = t -> arc(0.5, 1.2, t);

        List<OdometryEstimate> poses = run(Scenes.street(), path, 0, 20);

        RigidTransform truth = mid(path, 0).inverse().times(mid(path, 19));
        RigidTransform off = truth.inverse().times(poses.get(19).odomFromSensor());
        assertThat(Math.toDegrees(off.angleRad())).isLessThan(0.5);
        assertThat(off.translationNorm()).isLessThan(0.1);
    }

    @Test
    void sensorThatLooksSidewaysIsFollowedFromItsFirstSweeps() {
        RigidTransform vehicleFromSensor = RigidTransform.ofYaw(-Math.PI / 2, 0, 0, 0);
        DoubleFunction<RigidTransform> path = t -> arc(14, 0, t).times(vehicleFromSensor);

        List<OdometryEstimate> poses = run(Scenes.street(), path, 0, 8);

        RigidTransform truth = mid(path, 0).inverse().times(mid(path, 7));
        RigidTransform off = truth.inverse().times(poses.get(7).odomFromSensor());
        assertThat(off.translationNorm()).isLessThan(0.08);
        assertThat(poses.get(7).twist()[4]).isCloseTo(14, within(0.3));
    }

    /** Its sweeps are too many points for the small sizes that 64 beams need. */
    @Test
    void sensorOf128BeamsInTheOpenIsFollowedFromItsFirstSweeps() {
        TownDrive drive =
                new TownDrive(
                        TownConfig.of(22).withSensors(SensorModel.os1With128("top")).withSweeps(6));
        SweepReducer reducer = new SweepReducer(CONFIG);
        LidarOdometry odometry = new LidarOdometry(CONFIG);
        RigidTransform firstFromSensor = drive.sweep(0, 0, 0).firstFromSensor();
        for (int i = 0; i < 6; i++) {
            SimulatedSweep simulated = drive.sweep(0, 0, i);
            ReducedSweep reduced = reducer.reduce(simulated.sweep());
            OdometryEstimate estimate = odometry.update(reduced);

            assertThat(reduced.size()).isGreaterThan(20_000);
            assertThat(estimate.held() || estimate.degenerate()).isFalse();
            RigidTransform truth = firstFromSensor.inverse().times(simulated.firstFromSensor());
            RigidTransform off = truth.inverse().times(estimate.odomFromSensor());
            assertThat(off.translationNorm()).isLessThan(0.05);
        }
    }

    @Test
    void corridorIsDegenerateAlongItsAxis() {
        List<OdometryEstimate> poses = run(Scenes.corridor(), t -> arc(5, 0, t), 0, 6);

        OdometryEstimate last = poses.get(5);
        assertThat(last.degenerate()).isTrue();
        assertThat(last.covariance()[7 * 3]).isGreaterThan(20 * last.covariance()[7 * 4]);
        assertThat(last.odomFromSensor().ty()).isCloseTo(0, within(0.05));
    }

    @Test
    void bareFloorIsDegenerate() {
        List<OdometryEstimate> poses = run(Scenes.plain(), t -> arc(5, 0, t), 0, 4);

        assertThat(poses.subList(1, 4)).allMatch(e -> e.degenerate() || e.held());
    }

    @Test
    void nothingToSeeHoldsThePoseAndThenStartsAnew() {
        List<OdometryEstimate> poses =
                run(Scenes.emptiness(), t -> arc(5, 0, t), 0, LidarOdometry.MAX_HELD + 2);

        assertThat(poses.get(0).discontinuity()).isTrue();
        assertThat(poses.subList(1, LidarOdometry.MAX_HELD + 1))
                .allMatch(e -> e.held() && !e.discontinuity());
        assertThat(poses.get(LidarOdometry.MAX_HELD + 1).discontinuity()).isTrue();
    }

    @Test
    void resumedAnywhereGivesTheSameBits() {
        DoubleFunction<RigidTransform> path = t -> arc(9, -0.2, t);
        List<ReducedSweep> sweeps = reduced(Scenes.street(), path, 0, 14);
        for (int cut : new int[] {1, 2, 7}) {
            LidarOdometry whole = new LidarOdometry(CONFIG);
            LidarOdometry first = new LidarOdometry(CONFIG);
            sweeps.subList(0, cut).forEach(first::update);
            LidarOdometry second = LidarOdometry.resume(CONFIG, first.state());

            for (int i = 0; i < sweeps.size(); i++) {
                OdometryEstimate want = whole.update(sweeps.get(i));
                if (i >= cut) {
                    OdometryEstimate got = second.update(sweeps.get(i));
                    assertThat(got.odomFromSensor())
                            .as("cut %d, sweep %d", cut, i)
                            .isEqualTo(want.odomFromSensor());
                    assertThat(got.covariance()).containsExactly(want.covariance());
                }
            }
        }
    }

    @Test
    void gapInTimeStartsANewSegment() {
        List<ReducedSweep> sweeps = reduced(Scenes.street(), t -> arc(3, 0, t), 0, 3);
        ReducedSweep late = reduced(Scenes.street(), t -> arc(3, 0, t), 100, 1).get(0);
        LidarOdometry odometry = new LidarOdometry(CONFIG);
        sweeps.forEach(odometry::update);

        assertThat(odometry.update(late).discontinuity()).isTrue();
        assertThat(odometry.update(sweeps.get(0)).discontinuity()).as("time runs back").isTrue();
    }

    @Test
    void stateStaysBelowFourMegabytes() {
        LidarOdometry odometry = new LidarOdometry(CONFIG);
        DoubleFunction<RigidTransform> path = t -> arc(15, 0, t);

        reduced(Scenes.street(), path, 0, 60).forEach(odometry::update);

        long bytes = odometry.state().keyFrames().stream().mapToLong(f -> 6L * f.size()).sum();
        assertThat(odometry.state().keyFrames()).hasSize(CONFIG.keyFrames());
        assertThat(bytes).isLessThan(4_000_000);
        assertThat(
                        6L * 5 * ReducedSweep.MAX_POINTS
                                + 6L * (CONFIG.keyFrames() - 5) * KeyFrameRing.LATER_POINTS)
                .isLessThan(4_000_000);
    }

    /** The same points, {@code sweeps} periods later. */
    private static Sweep later(Sweep sweep, int sweeps) {
        long shift = sweeps * Scenes.PERIOD_NANOS;
        return new Sweep(
                sweep.vehicleId(),
                sweep.sensorId(),
                sweep.driveId(),
                sweep.seq() + sweeps,
                sweep.startNanos() + shift,
                sweep.endNanos() + shift,
                sweep.sector(),
                sweep.egoFromSensor(),
                sweep.beams(),
                sweep.points());
    }

    private static List<OdometryEstimate> run(
            Scenes scene, DoubleFunction<RigidTransform> path, long from, int count) {
        LidarOdometry odometry = new LidarOdometry(CONFIG);
        List<OdometryEstimate> out = new ArrayList<>();
        for (ReducedSweep sweep : reduced(scene, path, from, count)) {
            OdometryEstimate estimate = odometry.update(sweep);
            assertOrthonormal(estimate.odomFromSensor());
            out.add(estimate);
        }
        return out;
    }

    private static List<ReducedSweep> reduced(
            Scenes scene, DoubleFunction<RigidTransform> path, long from, int count) {
        SweepReducer reducer = new SweepReducer(CONFIG);
        List<ReducedSweep> out = new ArrayList<>();
        for (long seq = from; seq < from + count; seq++) {
            Sweep sweep = scene.sweep(seq, path);
            out.add(reducer.reduce(sweep));
        }
        return out;
    }

    /** A circle at constant speed and turn rate, tangent to x at t = 0. */
    private static RigidTransform arc(double speedMps, double yawRate, double t) {
        return RigidTransform.translation(0, 0, HEIGHT_M)
                .times(RigidTransform.exp(new double[] {0, 0, yawRate * t, speedMps * t, 0, 0}));
    }

    private static RigidTransform mid(DoubleFunction<RigidTransform> path, long seq) {
        return path.apply((seq + 0.5) * 1e-9 * Scenes.PERIOD_NANOS);
    }

    private static void assertOrthonormal(RigidTransform pose) {
        double[] r = pose.rotation();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double dot = 0;
                for (int k = 0; k < 3; k++) {
                    dot += r[3 * i + k] * r[3 * j + k];
                }
                assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-12));
            }
        }
        assertThat(Arrays.stream(r).allMatch(Double::isFinite)).isTrue();
    }
}
