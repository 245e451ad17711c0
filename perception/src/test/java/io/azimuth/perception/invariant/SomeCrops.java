package io.azimuth.perception.invariant;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.random.RandomGenerator;

/** Crops for tests: made-up objects seen from a sensor, and motions of them. */
public final class SomeCrops {
    private SomeCrops() {}

    /** Points of a box's near faces with noise, of 20 to 400 points, 4 to 30 m from the sensor. */
    public static Crop box(RandomGenerator random) {
        return box(random, random.nextInt(20, 400));
    }

    public static Crop box(RandomGenerator random, int n) {
        double[] half = {
            random.nextDouble(0.3, 2.5), random.nextDouble(0.2, 1.1), random.nextDouble(0.3, 1.4)
        };
        double yaw = random.nextDouble(-Math.PI, Math.PI);
        double range = random.nextDouble(4, 30);
        double[][] p = new double[3][n];
        for (int i = 0; i < n; i++) {
            double[] q = new double[3];
            int face = random.nextInt(3);
            for (int k = 0; k < 3; k++) {
                q[k] = k == face ? half[k] : random.nextDouble(-half[k], half[k]);
                q[k] += 0.02 * random.nextGaussian();
            }
            p[0][i] = range + Math.cos(yaw) * q[0] - Math.sin(yaw) * q[1];
            p[1][i] = Math.sin(yaw) * q[0] + Math.cos(yaw) * q[1];
            p[2][i] = q[2] - 0.8;
        }
        return new Crop(p[0], p[1], p[2], new double[3], new double[] {0, 0, 1});
    }

    /** Points on a grid of tenths of a metre: full of exact ties. */
    public static Crop grid(int nx, int ny, int nz) {
        int n = nx * ny * nz;
        double[][] p = new double[3][n];
        for (int i = 0; i < n; i++) {
            p[0][i] = 7 + 0.1 * (i % nx);
            p[1][i] = 1 + 0.1 * (i / nx % ny);
            p[2][i] = -0.5 + 0.1 * (i / nx / ny);
        }
        return new Crop(p[0], p[1], p[2], new double[] {0.3, -0.2, 0.7}, new double[] {0, 0, 1});
    }

    public static Crop of(double[]... points) {
        double[][] p = new double[3][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int k = 0; k < 3; k++) {
                p[k][i] = points[i][k];
            }
        }
        return new Crop(p[0], p[1], p[2], new double[3], new double[] {0, 0, 1});
    }

    /** Uniform over all rotations. */
    public static RigidTransform turn(RandomGenerator random) {
        double[] q = new double[4];
        double squares = 0;
        for (int k = 0; k < 4; k++) {
            q[k] = random.nextGaussian();
            squares += q[k] * q[k];
        }
        double s = 1 / Math.sqrt(squares);
        return RigidTransform.ofQuaternion(0, 0, 0, s * q[0], s * q[1], s * q[2], s * q[3]);
    }

    /** A rotation that the group contains. */
    public static RigidTransform turn(SymmetryGroup group, RandomGenerator random) {
        return switch (group) {
            case NONE -> RigidTransform.IDENTITY;
            case YAW -> RigidTransform.ofYaw(random.nextDouble(-Math.PI, Math.PI), 0, 0, 0);
            case SO3, O3 -> turn(random);
        };
    }

    /** The same points in another order. */
    public static Crop shuffled(Crop crop, RandomGenerator random) {
        double[][] p = {crop.x().clone(), crop.y().clone(), crop.z().clone()};
        for (int i = crop.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            for (double[] axis : p) {
                double held = axis[i];
                axis[i] = axis[j];
                axis[j] = held;
            }
        }
        return new Crop(p[0], p[1], p[2], crop.sensor(), crop.up());
    }

    /** All lengths multiplied. */
    public static Crop scaled(Crop crop, double by) {
        double[][] p = {crop.x().clone(), crop.y().clone(), crop.z().clone()};
        for (double[] axis : p) {
            for (int i = 0; i < axis.length; i++) {
                axis[i] *= by;
            }
        }
        double[] s = crop.sensor();
        double[] sensor = {s[0] * by, s[1] * by, s[2] * by};
        return new Crop(p[0], p[1], p[2], sensor, crop.up());
    }

    /** The mirror image across x = 0, sensor and up included. */
    public static Crop mirrored(Crop crop) {
        double[] x = crop.x().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] = -x[i];
        }
        double[] s = crop.sensor();
        double[] u = crop.up();
        return new Crop(
                x,
                crop.y(),
                crop.z(),
                new double[] {-s[0], s[1], s[2]},
                new double[] {-u[0], u[1], u[2]});
    }
}
