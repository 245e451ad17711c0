package io.azimuth.registration.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Ldlt6;
import io.azimuth.registration.odometry.LidarOdometry;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.odometry.OdometryEstimate;
import io.azimuth.registration.odometry.ReducedSweep;
import io.azimuth.registration.odometry.Scenes;
import io.azimuth.registration.odometry.SweepReducer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecoveringOdometryTest {
    private static final OdometryConfig CONFIG = OdometryConfig.defaults();
    private static final double HEIGHT_M = 1.7;
    private static final double SPEED_MPS = 10;
    private static final int BEFORE = 32;
    private static final int LOST_AFTER = 21;

    private static final DoubleFunction<RigidTransform> STRAIGHT = RecoveringOdometryTest::at;

    /** From sweep {@link #BEFORE} on 20 m farther back, and turned by 90 degrees. */
    private static final DoubleFunction<RigidTransform> CARRIED =
            t -> at(t - 2).times(RigidTransform.ofYaw(Math.PI / 2, 0, 0, 0));

    private static final SweepReducer REDUCER = new SweepReducer(CONFIG);
    private static RecoveryState drivenState = RecoveryState.EMPTY;

    @BeforeAll
    static void driveDownTheStreet() {
        RecoveringOdometry odometry = new RecoveringOdometry(CONFIG);
        for (int i = 0; i < BEFORE; i++) {
            odometry.update(sweep(Scenes.street(), i, STRAIGHT));
        }
        drivenState = odometry.state();
        assertThat(drivenState.places()).hasSizeBetween(4, Places.MOST);
    }

    @Test
    void posesOfAnUndisturbedDriveAreThoseOfTheOdometryAlone() {
        LidarOdometry alone = new LidarOdometry(CONFIG);
        RecoveringOdometry recovering = new RecoveringOdometry(CONFIG);
        for (int i = 0; i < 20; i++) {
            ReducedSweep sweep = sweep(Scenes.street(), i, STRAIGHT);

            OdometryEstimate want = alone.update(sweep);
            JudgedPose got = recovering.update(sweep);

            assertThat(got.estimate()).usingRecursiveComparison().isEqualTo(want);
            assertThat(got.verdict())
                    .isEqualTo(i <= 3 ? PoseVerdict.INITIALISING : PoseVerdict.TRACKING);
            assertThat(got.breaksTracks()).isEqualTo(i == 0);
        }
    }

    @Test
    void aGapOfThreeSecondsIsBridgedInTheSameFrame() {
        RecoveringOdometry odometry = driven();

        List<JudgedPose> after = after(odometry, Scenes.street(), BEFORE + 30, STRAIGHT);

        JudgedPose found = after.get(after.size() - 1);
        assertThat(found.verdict()).isEqualTo(PoseVerdict.RECOVERED);
        assertRight(found, BEFORE + 30 + after.size() - 1, STRAIGHT);
        assertThat(after).noneMatch(p -> p.estimate().discontinuity());
    }

    @Test
    void aVehicleThatWasCarriedAndTurnedIsFoundAgain() {
        RecoveringOdometry odometry = driven();

        List<JudgedPose> after = after(odometry, Scenes.street(), BEFORE, CARRIED);

        JudgedPose found = after.get(after.size() - 1);
        assertThat(found.verdict()).isEqualTo(PoseVerdict.RECOVERED);
        assertThat(found.reason()).isEqualTo(JudgedPose.Reason.JUMP);
        assertThat(found.breaksTracks()).isTrue();
        assertRight(found, BEFORE + after.size() - 1, CARRIED);
        JudgedPose next = odometry.update(sweep(Scenes.street(), BEFORE + after.size(), CARRIED));
        assertThat(next.estimate().held()).isFalse();
        assertRight(next, BEFORE + after.size(), CARRIED);
    }

    @Test
    void whileItLooksPosesAreHeldWithAWidePositiveCovariance() {
        RecoveringOdometry odometry = driven();

        JudgedPose first = odometry.update(sweep(Scenes.street(), BEFORE, CARRIED));

        assertThat(first.verdict()).isEqualTo(PoseVerdict.RECOVERING);
        assertThat(first.estimate().held()).isTrue();
        assertThat(first.estimate().discontinuity()).isFalse();
        double[] covariance = first.estimate().covariance();
        assertThat(new Ldlt6().decompose(covariance.clone())).isTrue();
        assertThat(Math.sqrt(covariance[7 * 3])).isGreaterThan(20);
    }

    @Test
    void inAStrangePlaceItSaysLostAfterTwoSecondsAndGoesOnInANewFrame() {
        RecoveringOdometry odometry = driven();

        List<JudgedPose> after = after(odometry, Scenes.corridor(), BEFORE, STRAIGHT);

        JudgedPose last = after.get(after.size() - 1);
        assertThat(last.verdict()).isEqualTo(PoseVerdict.LOST);
        assertThat(last.estimate().discontinuity()).isTrue();
        assertThat(after).hasSize(LOST_AFTER);
        assertThat(odometry.state().places()).isEmpty();
    }

    @Test
    void resumedInTheMiddleOfASearchGivesTheSameBits() {
        RecoveringOdometry whole = driven();
        whole.update(sweep(Scenes.street(), BEFORE, CARRIED));
        assertThat(whole.state().search()).isNotNull();
        RecoveringOdometry resumed = RecoveringOdometry.resume(CONFIG, whole.state());
        for (int i = BEFORE + 1; i < BEFORE + 5; i++) {
            ReducedSweep sweep = sweep(Scenes.street(), i, CARRIED);

            JudgedPose want = whole.update(sweep);

            assertThat(resumed.update(sweep)).usingRecursiveComparison().isEqualTo(want);
        }
    }

    @Test
    void aCorridorIsDegenerateAndNoPlace() {
        RecoveringOdometry odometry = new RecoveringOdometry(CONFIG);
        for (int i = 0; i < 6; i++) {
            JudgedPose pose = odometry.update(sweep(Scenes.corridor(), i, STRAIGHT));
            if (i > 0) {
                assertThat(pose.verdict()).isEqualTo(PoseVerdict.DEGENERATE);
            }
        }
        assertThat(odometry.state().places()).isEmpty();
    }

    /** An odometry that has driven down the street. */
    private static RecoveringOdometry driven() {
        return RecoveringOdometry.resume(CONFIG, drivenState);
    }

    /** Poses from the event to the verdict. */
    private static List<JudgedPose> after(
            RecoveringOdometry odometry,
            Scenes scene,
            int from,
            DoubleFunction<RigidTransform> path) {
        List<JudgedPose> out = new ArrayList<>();
        for (int i = from; i <= from + LOST_AFTER; i++) {
            JudgedPose pose = odometry.update(sweep(scene, i, path));
            out.add(pose);
            if (pose.verdict() == PoseVerdict.RECOVERED || pose.verdict() == PoseVerdict.LOST) {
                break;
            }
        }
        return out;
    }

    private static ReducedSweep sweep(Scenes scene, long seq, DoubleFunction<RigidTransform> path) {
        return REDUCER.reduce(scene.sweep(seq, path));
    }

    private static void assertRight(
            JudgedPose pose, long seq, DoubleFunction<RigidTransform> path) {
        double mid = 0.5e-9 * Scenes.PERIOD_NANOS;
        RigidTransform truth =
                STRAIGHT.apply(mid)
                        .inverse()
                        .times(path.apply(mid + seq * 1e-9 * Scenes.PERIOD_NANOS));
        RigidTransform off = truth.inverse().times(pose.estimate().odomFromSensor());
        assertThat(off.translationNorm()).isLessThan(0.6);
        assertThat(Math.toDegrees(off.angleRad())).isLessThan(1.5);
    }

    private static RigidTransform at(double t) {
        return RigidTransform.translation(SPEED_MPS * t, 0, HEIGHT_M);
    }
}
