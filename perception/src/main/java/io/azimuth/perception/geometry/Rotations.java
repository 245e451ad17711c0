package io.azimuth.perception.geometry;

/**
 * Rotation matrices (row-major double[9]), quaternions and twists. Formulas: Sola, Deray,
 * Atchuthan, "A micro Lie theory for state estimation in robotics" (2018), appendix B and D.
 */
final class Rotations {
    private static final double SMALL_ANGLE = 1e-7;

    /** A matrix this close to a rotation is one: it keeps its bits. */
    private static final double ROUNDING = 4e-15;

    private Rotations() {}

    static double[] fromYawPitchRoll(double yaw, double pitch, double roll) {
        double cy = Math.cos(yaw);
        double sy = Math.sin(yaw);
        double cp = Math.cos(pitch);
        double sp = Math.sin(pitch);
        double cr = Math.cos(roll);
        double sr = Math.sin(roll);
        double[] m = {
            cy * cp,
            cy * sp * sr - sy * cr,
            cy * sp * cr + sy * sr,
            sy * cp,
            sy * sp * sr + cy * cr,
            sy * sp * cr - cy * sr,
            -sp,
            cp * sr,
            cp * cr
        };
        requireFinite(m);
        return m;
    }

    static double[] fromQuaternion(double x, double y, double z, double w) {
        double norm = Math.sqrt(x * x + y * y + z * z + w * w);
        if (!(Math.abs(norm - 1) <= RigidTransform.ORTHONORMAL_TOLERANCE)) { // fails on NaN too
            throw new IllegalArgumentException(
                    "quaternion (%s, %s, %s, %s): length is %s, expected 1 within 1e-3; order is x, y, z, w"
                            .formatted(x, y, z, w, norm));
        }
        double qx = x / norm;
        double qy = y / norm;
        double qz = z / norm;
        double qw = w / norm;
        return new double[] {
            1 - 2 * (qy * qy + qz * qz),
            2 * (qx * qy - qz * qw),
            2 * (qx * qz + qy * qw),
            2 * (qx * qy + qz * qw),
            1 - 2 * (qx * qx + qz * qz),
            2 * (qy * qz - qx * qw),
            2 * (qx * qz - qy * qw),
            2 * (qy * qz + qx * qw),
            1 - 2 * (qx * qx + qy * qy)
        };
    }

    static double[] toQuaternion(double[] r) {
        double[] q = new double[4];
        double trace = r[0] + r[4] + r[8];
        if (trace > 0) {
            double s = 2 * Math.sqrt(trace + 1);
            set(q, (r[7] - r[5]) / s, (r[2] - r[6]) / s, (r[3] - r[1]) / s, s / 4);
        } else if (r[0] >= r[4] && r[0] >= r[8]) {
            double s = 2 * Math.sqrt(1 + r[0] - r[4] - r[8]);
            set(q, s / 4, (r[1] + r[3]) / s, (r[2] + r[6]) / s, (r[7] - r[5]) / s);
        } else if (r[4] >= r[8]) {
            double s = 2 * Math.sqrt(1 + r[4] - r[0] - r[8]);
            set(q, (r[1] + r[3]) / s, s / 4, (r[5] + r[7]) / s, (r[2] - r[6]) / s);
        } else {
            double s = 2 * Math.sqrt(1 + r[8] - r[0] - r[4]);
            set(q, (r[2] + r[6]) / s, (r[5] + r[7]) / s, s / 4, (r[3] - r[1]) / s);
        }
        double norm = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        double sign = q[3] < 0 ? -1 : 1;
        for (int i = 0; i < 4; i++) {
            q[i] *= sign / norm;
        }
        return q;
    }

    /** A copy of a near-rotation made exactly orthonormal; refuses what is no rotation. */
    static double[] orthonormalised(double[] m) {
        double[] r = m.clone();
        double worst = deviation(r);
        if (!(worst <= RigidTransform.ORTHONORMAL_TOLERANCE) || determinant(r) <= 0) {
            throw new IllegalArgumentException(
                    "matrix %s is no rotation: R R^T differs from the identity by %s (expected <= 1e-3), determinant %s (expected 1)"
                            .formatted(java.util.Arrays.toString(m), worst, determinant(r)));
        }
        for (int i = 0; i < 4 && deviation(r) > ROUNDING; i++) {
            polish(r);
        }
        return r;
    }

    /** One Newton step towards the nearest rotation: {@code R (3 I - R^T R) / 2}. */
    static void polish(double[] r) {
        double g00 = r[0] * r[0] + r[3] * r[3] + r[6] * r[6];
        double g01 = r[0] * r[1] + r[3] * r[4] + r[6] * r[7];
        double g02 = r[0] * r[2] + r[3] * r[5] + r[6] * r[8];
        double g11 = r[1] * r[1] + r[4] * r[4] + r[7] * r[7];
        double g12 = r[1] * r[2] + r[4] * r[5] + r[7] * r[8];
        double g22 = r[2] * r[2] + r[5] * r[5] + r[8] * r[8];
        for (int i = 0; i < 9; i += 3) {
            double a = r[i];
            double b = r[i + 1];
            double c = r[i + 2];
            r[i] = 0.5 * (a * (3 - g00) - b * g01 - c * g02);
            r[i + 1] = 0.5 * (b * (3 - g11) - a * g01 - c * g12);
            r[i + 2] = 0.5 * (c * (3 - g22) - a * g02 - b * g12);
        }
    }

    static double angle(double[] r) {
        double sx = r[7] - r[5];
        double sy = r[2] - r[6];
        double sz = r[3] - r[1];
        double sin2 = Math.sqrt(sx * sx + sy * sy + sz * sz);
        return Math.atan2(sin2, r[0] + r[4] + r[8] - 1);
    }

    /** Exponential of (w, v) into {@code out}: rotation at 0..8, translation at 9..11. */
    static void expSe3(double[] twist, double[] out) {
        requireFinite(twist);
        double wx = twist[0];
        double wy = twist[1];
        double wz = twist[2];
        double theta2 = wx * wx + wy * wy + wz * wz;
        double theta = Math.sqrt(theta2);
        boolean small = theta < SMALL_ANGLE;
        double a = small ? 1 - theta2 / 6 : Math.sin(theta) / theta;
        double b = small ? 0.5 - theta2 / 24 : 2 * sq(Math.sin(theta / 2)) / theta2;
        double c = theta < 1e-3 ? 1.0 / 6 - theta2 / 120 : (1 - a) / theta2;
        rodrigues(wx, wy, wz, a, b, out);
        double[] v = new double[9];
        rodrigues(wx, wy, wz, b, c, v);
        for (int i = 0; i < 3; i++) {
            out[9 + i] = v[3 * i] * twist[3] + v[3 * i + 1] * twist[4] + v[3 * i + 2] * twist[5];
        }
    }

    static double[] logSe3(double[] r, double tx, double ty, double tz) {
        double[] q = toQuaternion(r);
        double sin = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2]);
        double theta = 2 * Math.atan2(sin, q[3]);
        double scale = sin < SMALL_ANGLE ? 2 / q[3] : theta / sin;
        double wx = q[0] * scale;
        double wy = q[1] * scale;
        double wz = q[2] * scale;
        double theta2 = theta * theta;
        // V^-1 = I - W/2 + k W^2 with k = (1 - theta cot(theta/2) / 2) / theta^2
        double k =
                theta < 1e-3
                        ? 1.0 / 12 + theta2 / 720
                        : (1 - 0.5 * theta * Math.cos(theta / 2) / Math.sin(theta / 2)) / theta2;
        double[] inv = new double[9];
        rodrigues(wx, wy, wz, -0.5, k, inv);
        return new double[] {
            wx,
            wy,
            wz,
            inv[0] * tx + inv[1] * ty + inv[2] * tz,
            inv[3] * tx + inv[4] * ty + inv[5] * tz,
            inv[6] * tx + inv[7] * ty + inv[8] * tz
        };
    }

    /** {@code I + a W + b W^2} with W the cross-product matrix of w, into the first 9 of out. */
    private static void rodrigues(
            double wx, double wy, double wz, double a, double b, double[] out) {
        out[0] = 1 - b * (wy * wy + wz * wz);
        out[1] = b * wx * wy - a * wz;
        out[2] = b * wx * wz + a * wy;
        out[3] = b * wx * wy + a * wz;
        out[4] = 1 - b * (wx * wx + wz * wz);
        out[5] = b * wy * wz - a * wx;
        out[6] = b * wx * wz - a * wy;
        out[7] = b * wy * wz + a * wx;
        out[8] = 1 - b * (wx * wx + wy * wy);
    }

    private static double deviation(double[] r) {
        double worst = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = i; j < 3; j++) {
                double dot = r[i] * r[j] + r[3 + i] * r[3 + j] + r[6 + i] * r[6 + j];
                double off = Math.abs(dot - (i == j ? 1 : 0));
                if (!(off <= worst)) {
                    worst = off;
                }
            }
        }
        return worst;
    }

    private static double determinant(double[] r) {
        return r[0] * (r[4] * r[8] - r[5] * r[7])
                - r[1] * (r[3] * r[8] - r[5] * r[6])
                + r[2] * (r[3] * r[7] - r[4] * r[6]);
    }

    private static void requireFinite(double[] values) {
        for (double v : values) {
            if (!Double.isFinite(v)) {
                throw new IllegalArgumentException(
                        "%s holds a number that is not finite"
                                .formatted(java.util.Arrays.toString(values)));
            }
        }
    }

    private static double sq(double v) {
        return v * v;
    }

    private static void set(double[] q, double x, double y, double z, double w) {
        q[0] = x;
        q[1] = y;
        q[2] = z;
        q[3] = w;
    }
}
