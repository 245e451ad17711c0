package io.azimuth.registration.ume;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class UmeMatrixTest {
    private static final double ROUNDING = 1e-12;

    /** Points, three coordinates each, and their weights. */
    private record Cloud(double[] p, double[][] w) {
        static Cloud random(RandomGenerator rnd, int n, int channels) {
            double[] p = new double[3 * n];
            double[][] w = new double[n][channels];
            for (int i = 0; i < 3 * n; i++) {
                p[i] = 3 * rnd.nextGaussian();
            }
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < channels; k++) {
                    w[i][k] = rnd.nextDouble();
                }
            }
            return new Cloud(p, w);
        }

        Cloud moved(RigidTransform t) {
            double[] q = new double[p.length];
            for (int i = 0; i < p.length; i += 3) {
                q[i] = t.mapX(p[i], p[i + 1], p[i + 2]);
                q[i + 1] = t.mapY(p[i], p[i + 1], p[i + 2]);
                q[i + 2] = t.mapZ(p[i], p[i + 1], p[i + 2]);
            }
            return new Cloud(q, w);
        }

        UmeMatrix matrix(double cx, double cy, double cz) {
            UmeMatrix out = new UmeMatrix(w[0].length, cx, cy, cz);
            for (int i = 0; i < w.length; i++) {
                out.add(p[3 * i], p[3 * i + 1], p[3 * i + 2], w[i]);
            }
            return out;
        }

        UmeMatrix matrix() {
            return matrix(p[0], p[1], p[2]);
        }
    }

    private static RigidTransform anyPose(RandomGenerator rnd) {
        RigidTransform turn = RandomTurns.so3(new SplittableRandom(rnd.nextLong()));
        return RigidTransform.of(
                turn.rotation(),
                rnd.nextDouble(-100, 100),
                rnd.nextDouble(-100, 100),
                rnd.nextDouble(-100, 100));
    }

    @Test
    void momentsOfAMovedCloudAreTheMomentsTimesTheMotion() {
        int[] channels = {4, 32, 60};
        int[] sizes = {4, 50, 5000};
        forAll(
                200,
                rnd -> {
                    int n = sizes[rnd.nextInt(rnd.nextInt(10) == 0 ? 3 : 2)];
                    Cloud cloud = Cloud.random(rnd, n, channels[rnd.nextInt(3)]);
                    RigidTransform t = anyPose(rnd);
                    UmeMatrix f = cloud.matrix(0, 0, 0);
                    UmeMatrix g = cloud.moved(t).matrix(t.tx(), t.ty(), t.tz());
                    double scale = 0;
                    double worst = 0;
                    for (int k = 0; k < f.channels; k++) {
                        double[] r = f.rows;
                        double x = r[4 * k + 1];
                        double y = r[4 * k + 2];
                        double z = r[4 * k + 3];
                        for (int i = 0; i < 3; i++) {
                            double v = t.r(i, 0) * x + t.r(i, 1) * y + t.r(i, 2) * z;
                            worst = Math.max(worst, Math.abs(v - g.rows[4 * k + 1 + i]));
                            scale = Math.max(scale, Math.abs(r[4 * k + 1 + i]));
                        }
                        worst = Math.max(worst, Math.abs(r[4 * k] - g.rows[4 * k]));
                        scale = Math.max(scale, r[4 * k]);
                    }
                    // points 100 m away carry 1.4e-14 m of rounding each
                    assertThat(worst).isLessThanOrEqualTo(1e-11 * scale);
                });
    }

    @Test
    void theColumnSpaceDoesNotDependOnThePoseNorOnACommonFactor() {
        forAll(
                200,
                rnd -> {
                    Cloud cloud = Cloud.random(rnd, 400, 32);
                    UmeMatrix f = cloud.matrix();
                    UmeMatrix g = cloud.moved(anyPose(rnd)).matrix();
                    for (int k = 0; k < g.rows.length; k++) {
                        g.rows[k] *= 3.7;
                    }
                    double[] p = projector(f);
                    double[] q = projector(g);
                    double worst = 0;
                    for (int i = 0; i < p.length; i++) {
                        worst = Math.max(worst, Math.abs(p[i] - q[i]));
                    }
                    assertThat(worst).isLessThanOrEqualTo(1e-10);
                });
    }

    @Test
    void theDistanceIsAMetricBetweenZeroAndTwo() {
        forAll(
                200,
                rnd -> {
                    UmeMatrix a = Cloud.random(rnd, 60, 16).matrix();
                    UmeMatrix b = Cloud.random(rnd, 60, 16).matrix();
                    UmeMatrix c = Cloud.random(rnd, 60, 16).matrix();
                    double ab = UmeMatrix.distance(a, b);
                    assertThat(UmeMatrix.distance(a, a)).isLessThan(1e-6);
                    assertThat(ab).isBetween(0.0, 2.0);
                    assertThat(ab).isCloseTo(UmeMatrix.distance(b, a), within(ROUNDING));
                    assertThat(ab)
                            .isLessThanOrEqualTo(
                                    UmeMatrix.distance(a, c) + UmeMatrix.distance(c, b) + ROUNDING);
                });
    }

    @Test
    void orthogonalSpacesAreTwoApart() {
        UmeMatrix a = new UmeMatrix(8, 0, 0, 0);
        UmeMatrix b = new UmeMatrix(8, 0, 0, 0);
        for (int i = 0; i < 4; i++) {
            a.rows[4 * i + i] = 1;
            b.rows[4 * (i + 4) + i] = 2;
        }

        assertThat(UmeMatrix.distance(a, b)).isCloseTo(2, within(ROUNDING));
    }

    @Test
    void thePoseOfAnExactCopyIsExact() {
        forAll(
                200,
                rnd -> {
                    Cloud cloud = Cloud.random(rnd, 400, 32);
                    RigidTransform t =
                            switch (rnd.nextInt(4)) {
                                case 0 -> RigidTransform.IDENTITY;
                                case 1 -> RigidTransform.ofYaw(Math.PI, 7, -3, 1);
                                default -> anyPose(rnd);
                            };
                    RigidTransform found =
                            Objects.requireNonNull(
                                    UmeMatrix.pose(cloud.moved(t).matrix(), cloud.matrix()));
                    RigidTransform e = t.inverse().times(found);
                    assertThat(e.angleRad()).isLessThanOrEqualTo(1e-9);
                    assertThat(e.translationNorm()).isLessThanOrEqualTo(1e-9);
                });
    }

    @Test
    void aMirroredCloudGivesARotationThatDoesNotFit() {
        forAll(
                50,
                rnd -> {
                    Cloud cloud = Cloud.random(rnd, 60, 8);
                    double[] mirrored = cloud.p.clone();
                    for (int i = 0; i < mirrored.length; i += 3) {
                        mirrored[i] = -mirrored[i];
                    }
                    Cloud other = new Cloud(mirrored, cloud.w);
                    RigidTransform found =
                            Objects.requireNonNull(UmeMatrix.pose(other.matrix(), cloud.matrix()));
                    double sum = 0;
                    Cloud back = cloud.moved(found);
                    for (int i = 0; i < mirrored.length; i++) {
                        sum += Math.abs(back.p[i] - mirrored[i]);
                    }
                    assertThat(sum / mirrored.length).isGreaterThan(0.5);
                });
    }

    @Test
    void pointsOnALineFixNoRotation() {
        forAll(
                50,
                rnd -> {
                    Cloud cloud = Cloud.random(rnd, 60, 8);
                    for (int i = 0; i < cloud.p.length; i += 3) {
                        cloud.p[i + 1] = 2 * cloud.p[i];
                        cloud.p[i + 2] = -cloud.p[i];
                    }
                    assertThat(UmeMatrix.pose(cloud.moved(anyPose(rnd)).matrix(), cloud.matrix()))
                            .isNull();
                });
    }

    private static double[] projector(UmeMatrix m) {
        double[] q = m.orthonormal();
        double[] out = new double[m.channels * m.channels];
        for (int i = 0; i < m.channels; i++) {
            for (int j = 0; j < m.channels; j++) {
                for (int a = 0; a < 4; a++) {
                    out[i * m.channels + j] += q[4 * i + a] * q[4 * j + a];
                }
            }
        }
        return out;
    }

    private static org.assertj.core.data.Offset<Double> within(double v) {
        return org.assertj.core.data.Offset.offset(v);
    }
}
