package io.azimuth.perception.evaluation;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class TrajectoryErrorTest {
    /** Golden numbers come from numpy on the same formulas, printed with all digits. */
    private static final double GOLDEN = 1e-6;

    private static final int POSES = 120;

    @Test
    void agreesWithNumpyOnAShortDrive() {
        TrajectoryError e = TrajectoryError.of(truth(0.9), estimate(0.9));

        assertThat(e.pathM()).isCloseTo(108.143079215746, within(GOLDEN));
        assertThat(e.driftPercent()).isCloseTo(0.496906473517, within(GOLDEN));
        assertThat(e.endAngleDeg()).isCloseTo(2.045629421874, within(GOLDEN));
        assertThat(e.segments()).isEqualTo(270);
        assertThat(e.translationPercent()).isCloseTo(1.618766012133, within(GOLDEN));
        assertThat(e.rotationDegPer100m()).isCloseTo(1.9668022429563587, within(GOLDEN));
        assertThat(e.ateM()).isCloseTo(0.1252544817577624, within(GOLDEN));
        assertThat(e.ateOriginM()).isCloseTo(0.3152566777923928, within(GOLDEN));
        assertThat(e.rpeM()).isCloseTo(0.03153350160719, within(GOLDEN));
        assertThat(e.rpeDeg()).isCloseTo(0.0172567828, within(GOLDEN));
        assertThat(e.worstStepM()).isCloseTo(0.06297894475081031, within(GOLDEN));
        assertThat(e.worstStepKey()).isEqualTo(116);
    }

    @Test
    void agreesWithNumpyOnALongDrive() {
        TrajectoryError e = TrajectoryError.of(truth(7), estimate(7));

        assertThat(e.pathM()).isCloseTo(833.135206902469, within(GOLDEN));
        assertThat(e.driftPercent()).isCloseTo(0.453122684605, within(GOLDEN));
        assertThat(e.segments()).isEqualTo(442);
        assertThat(e.translationPercent()).isCloseTo(1.2767709276897259, within(GOLDEN));
        assertThat(e.rotationDegPer100m()).isCloseTo(0.25071780665959437, within(GOLDEN));
        assertThat(e.ateM()).isCloseTo(0.9694966330347947, within(GOLDEN));
        assertThat(e.ateOriginM()).isCloseTo(2.1878878622165434, within(GOLDEN));
    }

    @Test
    void chosenLengthsReplaceTheUsualOnes() {
        TrajectoryError e =
                TrajectoryError.of(
                        Trajectory.ofSweeps(truth(7)),
                        Trajectory.ofSweeps(estimate(7)),
                        new double[] {10, 20, 50});

        assertThat(e.segments()).isEqualTo(347);
        assertThat(e.translationPercent()).isCloseTo(2.1807377755757136, within(GOLDEN));
    }

    @Test
    void aScaleErrorOfOnePercentOnAStraightLineIsOnePercent() {
        TrajectoryError e =
                TrajectoryError.of(
                        poses(i -> RigidTransform.translation(i, 0, 0)),
                        poses(i -> RigidTransform.translation(1.01 * i, 0, 0)));

        assertThat(e.translationPercent()).isCloseTo(1, within(1e-9));
        assertThat(e.driftPercent()).isCloseTo(1, within(1e-9));
        assertThat(e.rotationDegPer100m()).isZero();
        assertThat(e.rpeM()).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void aConstantYawBiasIsTheRotationError() {
        double biasRadPerM = Math.toRadians(0.02);

        TrajectoryError e =
                TrajectoryError.of(
                        poses(i -> RigidTransform.translation(i, 0, 0)),
                        poses(i -> RigidTransform.ofYaw(biasRadPerM * i, i, 0, 0)));

        assertThat(e.rotationDegPer100m()).isCloseTo(2, within(1e-9));
        assertThat(e.endAngleDeg()).isCloseTo(0.02 * (POSES - 1), within(1e-9));
    }

    @Test
    void anEstimateInAnotherFrameHasNoError() {
        forAll(
                100,
                rnd -> {
                    double[] twist = new double[6];
                    for (int i = 0; i < 6; i++) {
                        twist[i] = rnd.nextDouble(-2, 2);
                    }
                    RigidTransform other = RigidTransform.exp(twist);
                    List<RigidTransform> truth = truth(0.9);
                    List<RigidTransform> moved = truth.stream().map(other::times).toList();

                    TrajectoryError e = TrajectoryError.of(truth, moved);

                    assertThat(e.ateM()).isLessThan(1e-9);
                    assertThat(e.ateOriginM()).isLessThan(1e-9);
                    assertThat(e.rpeM()).isLessThan(1e-9);
                    assertThat(e.driftPercent()).isLessThan(1e-9);
                });
    }

    @Test
    void alignmentTakesNoMirrorImage() {
        List<RigidTransform> truth = truth(0.9);
        List<RigidTransform> mirrored = new ArrayList<>();
        for (RigidTransform t : truth) {
            mirrored.add(RigidTransform.translation(t.tx(), t.ty(), -30 * t.tz()));
        }
        List<RigidTransform> tall = new ArrayList<>();
        for (RigidTransform t : truth) {
            tall.add(RigidTransform.translation(t.tx(), t.ty(), 30 * t.tz()));
        }

        assertThat(TrajectoryError.of(tall, mirrored).ateM()).isGreaterThan(0.5);
    }

    @Test
    void posesAreAssociatedBySweepNumber() {
        Trajectory truth = Trajectory.ofSweeps(truth(0.9));
        List<RigidTransform> kept = new ArrayList<>(truth.poses());
        kept.remove(40);
        long[] keys = new long[POSES - 1];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i < 40 ? i : i + 1;
        }

        TrajectoryError e = TrajectoryError.of(truth, new Trajectory(keys, kept));

        assertThat(e.poses()).isEqualTo(POSES - 1);
        assertThat(e.missing()).isEqualTo(1);
        assertThat(e.ateOriginM()).isZero();
        assertThat(e.rpeM()).isLessThan(1e-12);
    }

    @Test
    void unsortedOrUnequalInputIsRefused() {
        List<RigidTransform> two = List.of(RigidTransform.IDENTITY, RigidTransform.IDENTITY);

        assertThatThrownBy(() -> new Trajectory(new long[] {5, 4}, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key 4 at place 1");
        assertThatThrownBy(() -> new Trajectory(new long[] {5, 5}, two))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Trajectory(new long[] {5}, two))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TrajectoryError.of(two, two.subList(0, 1)))
                .hasMessageContaining("expected 2");
        assertThatThrownBy(
                        () ->
                                TrajectoryError.of(
                                        new Trajectory(new long[] {1, 2}, two),
                                        new Trajectory(new long[] {3, 4}, two)))
                .hasMessageContaining("share no sweep");
    }

    /** A perfect score would be a lie: nothing was measured. */
    @Test
    void aPathShorterThanTheShortestLengthHasNoSegmentsAndNoPercent() {
        List<RigidTransform> nineMetres =
                poses(i -> RigidTransform.translation(0.01 * Math.min(i, 900), 0, 0));

        TrajectoryError e = TrajectoryError.of(nineMetres, nineMetres);

        assertThat(e.segments()).isZero();
        assertThat(e.translationPercent()).isNaN();
        assertThat(e.rotationDegPer100m()).isNaN();
    }

    @Test
    void aSinglePoseHasNoSegmentsAndNoSteps() {
        List<RigidTransform> one = List.of(RigidTransform.IDENTITY);

        TrajectoryError e = TrajectoryError.of(one, one);

        assertThat(e.segments()).isZero();
        assertThat(e.translationPercent()).isNaN();
        assertThat(e.rpeM()).isZero();
        assertThat(e.worstStepKey()).isEqualTo(-1);
    }

    private static List<RigidTransform> truth(double stepM) {
        return poses(
                i ->
                        RigidTransform.ofYawPitchRoll(
                                0.6 * Math.sin(0.03 * i),
                                0.02 * Math.sin(0.1 * i),
                                0.01 * Math.cos(0.2 * i),
                                stepM * i,
                                10 * Math.sin(0.02 * i),
                                0.3 * Math.sin(0.05 * i)));
    }

    private static List<RigidTransform> estimate(double stepM) {
        return poses(
                i ->
                        RigidTransform.ofYawPitchRoll(
                                0.6 * Math.sin(0.03 * i) + 0.0003 * i,
                                0.02 * Math.sin(0.1 * i) + 0.002,
                                0.01 * Math.cos(0.2 * i),
                                1.004 * stepM * i + 0.02 * Math.sin(i),
                                10 * Math.sin(0.02 * i) + 0.02 * Math.cos(1.7 * i),
                                0.3 * Math.sin(0.05 * i) + 0.001 * i));
    }

    private static List<RigidTransform> poses(IntFunction<RigidTransform> pose) {
        List<RigidTransform> out = new ArrayList<>();
        for (int i = 0; i < POSES; i++) {
            out.add(pose.apply(i));
        }
        return out;
    }
}
