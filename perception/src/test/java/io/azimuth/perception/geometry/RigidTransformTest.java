package io.azimuth.perception.geometry;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RigidTransformTest {
    /** Entries of rotations and metres below 100 m: a few hundred units in the last place. */
    private static final double EXACT = 1e-11;

    @Test
    void productsAreAssociativeAndInversesCancel() {
        forAll(
                300,
                rnd -> {
                    RigidTransform a = random(rnd);
                    RigidTransform b = random(rnd);
                    RigidTransform c = random(rnd);

                    assertSame(a.times(b).times(c), a.times(b.times(c)), EXACT);
                    assertSame(a.times(a.inverse()), RigidTransform.IDENTITY, EXACT);
                    assertSame(a.times(RigidTransform.IDENTITY), a, EXACT);
                    assertSame(a.times(b).inverse(), b.inverse().times(a.inverse()), EXACT);
                });
    }

    @Test
    void aProductMapsAsItsFactorsInTurn() {
        forAll(
                200,
                rnd -> {
                    RigidTransform a = random(rnd);
                    RigidTransform b = random(rnd);
                    double x = rnd.nextDouble(-50, 50);
                    double y = rnd.nextDouble(-50, 50);
                    double z = rnd.nextDouble(-50, 50);
                    RigidTransform ab = a.times(b);

                    double bx = b.mapX(x, y, z);
                    double by = b.mapY(x, y, z);
                    double bz = b.mapZ(x, y, z);

                    assertThat(ab.mapX(x, y, z)).isCloseTo(a.mapX(bx, by, bz), within(EXACT));
                    assertThat(ab.mapY(x, y, z)).isCloseTo(a.mapY(bx, by, bz), within(EXACT));
                    assertThat(ab.mapZ(x, y, z)).isCloseTo(a.mapZ(bx, by, bz), within(EXACT));
                });
    }

    @Test
    void logInvertsExpAtAllAngles() {
        double[] angles = {
            0,
            1e-12,
            1e-9,
            1e-7,
            1.1e-7,
            1e-5,
            9e-4,
            1.1e-3,
            0.3,
            2,
            3,
            Math.PI - 1e-3,
            Math.PI - 1e-6,
            Math.PI - 1e-9
        };
        forAll(
                100,
                rnd -> {
                    for (double angle : angles) {
                        double[] twist = twist(rnd, angle);

                        double[] back = RigidTransform.exp(twist).log();

                        // nearer to pi the axis is known to ulp/sin only through the quaternion
                        double bound = angle <= Math.PI - 1e-6 ? 1e-12 : 2e-9;
                        for (int i = 0; i < 6; i++) {
                            assertThat(back[i])
                                    .as("entry %d at angle %s", i, angle)
                                    .isCloseTo(twist[i], within(bound));
                        }
                    }
                });
    }

    @Test
    void expInvertsLogAtHalfATurn() {
        forAll(
                200,
                rnd -> {
                    RigidTransform half = RigidTransform.exp(twist(rnd, Math.PI));

                    assertSame(RigidTransform.exp(half.log()), half, 1e-9);
                    assertThat(half.angleRad()).isCloseTo(Math.PI, within(1e-9));
                });
    }

    /** T exp(w, v) T^-1 = exp(R w, t x R w + R v). */
    @Test
    void aTwistSeenFromAnotherFrameIsItsAdjoint() {
        forAll(
                200,
                rnd -> {
                    RigidTransform t = RigidTransform.exp(twist(rnd, rnd.nextDouble(0, 3)));
                    double[] w = twist(rnd, rnd.nextDouble(0, 3));
                    double[] seen = new double[6];
                    for (int i = 0; i < 3; i++) {
                        for (int k = 0; k < 3; k++) {
                            seen[i] += t.r(i, k) * w[k];
                            seen[3 + i] += t.r(i, k) * w[3 + k];
                        }
                    }
                    seen[3] += t.ty() * seen[2] - t.tz() * seen[1];
                    seen[4] += t.tz() * seen[0] - t.tx() * seen[2];
                    seen[5] += t.tx() * seen[1] - t.ty() * seen[0];

                    assertSame(
                            t.times(RigidTransform.exp(w)).times(t.inverse()),
                            RigidTransform.exp(seen),
                            1e-11);
                });
    }

    @Test
    void expOfATurnAboutZIsAYaw() {
        RigidTransform t = RigidTransform.exp(new double[] {0, 0, Math.PI / 2, Math.PI / 2, 0, 0});

        // a quarter circle of radius 1, ahead and to the left
        assertSame(t, RigidTransform.ofYaw(Math.PI / 2, 1, 1, 0), 1e-15);
    }

    @Test
    void twoHundredChainedProductsStayOrthonormal() {
        forAll(
                20,
                rnd -> {
                    RigidTransform t = RigidTransform.IDENTITY;
                    for (int i = 0; i < 200; i++) {
                        t = t.times(random(rnd));
                    }

                    double[] r = t.rotation();
                    for (int i = 0; i < 3; i++) {
                        for (int j = 0; j < 3; j++) {
                            double dot =
                                    r[3 * i] * r[3 * j]
                                            + r[3 * i + 1] * r[3 * j + 1]
                                            + r[3 * i + 2] * r[3 * j + 2];
                            assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-12));
                        }
                    }
                });
    }

    @Test
    void powersAddUp() {
        forAll(
                200,
                rnd -> {
                    RigidTransform t = RigidTransform.exp(twist(rnd, rnd.nextDouble(0, 3)));
                    double f = rnd.nextDouble(-1, 1);

                    assertSame(t.power(f).times(t.power(1 - f)), t, 1e-9);
                    assertSame(t.power(-1), t.inverse(), 1e-9);
                    assertSame(t.power(0), RigidTransform.IDENTITY, 0);
                });
    }

    @Test
    void quaternionAndRowsDescribeTheSameTransform() {
        forAll(
                300,
                rnd -> {
                    RigidTransform t = RigidTransform.exp(twist(rnd, rnd.nextDouble(0, Math.PI)));
                    double[] q = t.quaternion();

                    assertThat(q[3]).isNotNegative();
                    assertSame(
                            RigidTransform.ofQuaternion(
                                    t.tx(), t.ty(), t.tz(), q[0], q[1], q[2], q[3]),
                            t,
                            EXACT);
                    assertSame(RigidTransform.ofRows(t.toRows()), t, 1e-14);
                });
    }

    @Test
    void aMappedBoxHasTheCornersMapped() {
        forAll(
                200,
                rnd -> {
                    RigidTransform t =
                            RigidTransform.ofYaw(
                                    rnd.nextDouble(-4, 4), rnd.nextDouble(-50, 50), 3, -1);
                    OrientedBox box = new OrientedBox(5, -7, 1, 4, 2, 1.5, rnd.nextDouble(-4, 4));

                    double[] before = box.footprint();
                    double[] after = t.map(box).footprint();

                    for (int i = 0; i < 8; i += 2) {
                        assertThat(after[i])
                                .isCloseTo(t.mapX(before[i], before[i + 1], 1), within(1e-12));
                        assertThat(after[i + 1])
                                .isCloseTo(t.mapY(before[i], before[i + 1], 1), within(1e-12));
                    }
                });
    }

    @Test
    void whatIsNoRotationIsRefused() {
        double[] mirror = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
        double[] stretched = {1.01, 0, 0, 0, 1, 0, 0, 0, 1};

        assertThatThrownBy(() -> RigidTransform.of(mirror, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no rotation");
        assertThatThrownBy(() -> RigidTransform.of(stretched, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RigidTransform.of(new double[9], 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RigidTransform.of(new double[8], 0, 0, 0))
                .hasMessageContaining("expected 9");
        assertThatThrownBy(() -> RigidTransform.translation(Double.NaN, 0, 0))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> RigidTransform.ofQuaternion(0, 0, 0, 1, 1, 0, 0))
                .hasMessageContaining("expected 1");
        assertThatThrownBy(() -> RigidTransform.exp(new double[] {0, 0, Double.NaN, 0, 0, 0}))
                .hasMessageContaining("not finite");
    }

    private static RigidTransform random(RandomGenerator rnd) {
        return RigidTransform.exp(twist(rnd, rnd.nextDouble(0, Math.PI)));
    }

    /** A twist with the given rotation angle about a random axis and up to 5 m of translation. */
    private static double[] twist(RandomGenerator rnd, double angle) {
        double[] axis = {rnd.nextGaussian(), rnd.nextGaussian(), rnd.nextGaussian()};
        double norm = Math.sqrt(axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2]);
        return new double[] {
            angle * axis[0] / norm,
            angle * axis[1] / norm,
            angle * axis[2] / norm,
            rnd.nextDouble(-5, 5),
            rnd.nextDouble(-5, 5),
            rnd.nextDouble(-5, 5)
        };
    }

    private static void assertSame(RigidTransform a, RigidTransform b, double tolerance) {
        assertThat(a.toRows()).containsExactly(b.toRows(), within(tolerance));
    }
}
