package io.azimuth.registration.icp;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NormalEquationsTest {
    private static final double STEP = 1e-5;

    @Test
    void gradientAndHessianAreThoseOfCentralDifferences() {
        forAll(
                300,
                rnd -> {
                    double[] lever = vector(rnd, 20);
                    double[] residual = vector(rnd, 0.5);
                    double[] m = information(rnd);
                    double weight = rnd.nextDouble(0.1, 2);
                    NormalEquations equations = new NormalEquations();
                    equations.reset();
                    double[] g = times(m, residual);
                    equations.add(
                            weight, lever[0], lever[1], lever[2], g[0], g[1], g[2], m[0], m[1],
                            m[2], m[4], m[5], m[8]);
                    equations.complete();

                    double[][] jacobian = new double[6][];
                    for (int k = 0; k < 6; k++) {
                        double[] more = moved(lever, residual, k, STEP);
                        double[] less = moved(lever, residual, k, -STEP);
                        jacobian[k] = new double[3];
                        for (int a = 0; a < 3; a++) {
                            jacobian[k][a] = (more[a] - less[a]) / (2 * STEP);
                        }
                        double slope = (cost(m, more) - cost(m, less)) / (4 * STEP);
                        assertThat(equations.gradient[k])
                                .isCloseTo(weight * slope, within(1e-6 * (1 + Math.abs(slope))));
                    }
                    for (int k = 0; k < 36; k++) {
                        double want = weight * dot(jacobian[k / 6], times(m, jacobian[k % 6]));
                        assertThat(equations.hessian[k])
                                .isCloseTo(want, within(1e-6 * (1 + Math.abs(want))));
                    }
                });
    }

    /** The residual after a small turn about the source's origin, or a shift. */
    private static double[] moved(double[] lever, double[] residual, int k, double by) {
        double[] twist = new double[6];
        twist[k] = by;
        RigidTransform step = RigidTransform.exp(twist);
        return new double[] {
            residual[0] + step.mapX(lever[0], lever[1], lever[2]) - lever[0],
            residual[1] + step.mapY(lever[0], lever[1], lever[2]) - lever[1],
            residual[2] + step.mapZ(lever[0], lever[1], lever[2]) - lever[2]
        };
    }

    private static double cost(double[] m, double[] r) {
        return dot(r, times(m, r));
    }

    private static double[] vector(RandomGenerator rnd, double size) {
        return new double[] {
            rnd.nextDouble(-size, size), rnd.nextDouble(-size, size), rnd.nextDouble(-size, size)
        };
    }

    /** Symmetric and positive definite. */
    private static double[] information(RandomGenerator rnd) {
        double[][] a = {vector(rnd, 1), vector(rnd, 1), vector(rnd, 1)};
        double[] out = new double[9];
        for (int i = 0; i < 9; i++) {
            out[i] = dot(a[i / 3], a[i % 3]) + (i % 4 == 0 ? 0.1 : 0);
        }
        return out;
    }

    private static double[] times(double[] m, double[] v) {
        return new double[] {
            m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
            m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
            m[6] * v[0] + m[7] * v[1] + m[8] * v[2]
        };
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
