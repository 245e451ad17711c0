package io.azimuth.jobs.pipeline;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RigPoseTest {
    private static final double EXACT = 1e-9;
    private static final long STAMP = 1_000_000_000L;

    @Test
    void thePrimarySensorItselfIsWhereItsPoseSays() {
        forAll(
                50,
                rnd -> {
                    RigidTransform mount = random(rnd);
                    RigidTransform pose = random(rnd);
                    RigPose rig = rig(pose, twist(rnd), mount);

                    assertNear(rig.odomFromSensor(STAMP, mount), pose);
                });
    }

    @Test
    void aSensorAheadOnAStraightDriveMovesWithTheVehicle() {
        RigidTransform mount = RigidTransform.translation(1, 0, 0);
        RigPose rig =
                rig(RigidTransform.translation(5, 0, 0), new double[] {0, 0, 0, 10, 0, 0}, mount);

        RigidTransform there =
                rig.odomFromSensor(STAMP + 100_000_000, RigidTransform.translation(3, 0.5, 0));

        assertNear(there, RigidTransform.translation(5 + 1 + 2, 0.5, 0));
    }

    /** The same motion told in either sensor's frame leads to the same place. */
    @Test
    void theTwistOfASensorCarriesItWhereThePrimarysCarriesIt() {
        forAll(
                50,
                rnd -> {
                    RigidTransform mount = random(rnd);
                    RigidTransform other = random(rnd);
                    RigPose rig = rig(random(rnd), twist(rnd), mount);
                    double[] twist = rig.twistOfSensor(other);
                    double seconds = 0.1;
                    double[] moved = new double[6];
                    for (int i = 0; i < 6; i++) {
                        moved[i] = twist[i] * seconds;
                    }

                    assertNear(
                            rig.odomFromSensor(STAMP, other).times(RigidTransform.exp(moved)),
                            rig.odomFromSensor(STAMP + 100_000_000, other));
                });
    }

    @Test
    void aPoseIsNotCarriedFartherThanASecond() {
        RigPose rig = rig(RigidTransform.IDENTITY, new double[6], RigidTransform.IDENTITY);

        assertThat(rig.covers(STAMP + RigPose.MAX_CARRY_NANOS)).isTrue();
        assertThat(rig.covers(STAMP + RigPose.MAX_CARRY_NANOS + 1)).isFalse();
        assertThat(RigPose.NONE.covers(STAMP)).isFalse();
    }

    private static RigPose rig(RigidTransform pose, double[] twist, RigidTransform mount) {
        return new RigPose(STAMP, pose.toRows(), twist, mount.toRows());
    }

    private static RigidTransform random(RandomGenerator rnd) {
        return RigidTransform.ofYawPitchRoll(
                rnd.nextDouble(-3, 3),
                rnd.nextDouble(-1, 1),
                rnd.nextDouble(-3, 3),
                rnd.nextDouble(-9, 9),
                rnd.nextDouble(-9, 9),
                rnd.nextDouble(-9, 9));
    }

    private static double[] twist(RandomGenerator rnd) {
        return rnd.doubles(6, -1, 1).toArray();
    }

    private static void assertNear(RigidTransform a, RigidTransform b) {
        double[] x = a.toRows();
        double[] y = b.toRows();
        for (int i = 0; i < 12; i++) {
            assertThat(x[i]).isCloseTo(y[i], within(EXACT));
        }
    }
}
