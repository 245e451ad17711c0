package io.azimuth.perception.geometry;

/**
 * A rotation and a translation in three dimensions, double precision, immutable. A value named
 * {@code targetFromSource} maps {@code p_target = R p_source + t}; products chain: {@code
 * mapFromSensor = mapFromEgo.times(egoFromSensor)}.
 */
public final class RigidTransform {
    public static final RigidTransform IDENTITY =
            new RigidTransform(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 0, 0, 0);

    /** How far {@code R R^T} may be from the identity in what a caller passes in. */
    static final double ORTHONORMAL_TOLERANCE = 1e-3;

    private final double[] r; // row-major 3x3
    private final double tx;
    private final double ty;
    private final double tz;

    private RigidTransform(double[] owned, double tx, double ty, double tz) {
        this.r = owned;
        this.tx = tx;
        this.ty = ty;
        this.tz = tz;
    }

    /**
     * From a row-major 3x3 rotation and a translation in metres. The rotation is made orthonormal;
     * one that is so already keeps its bits, so that {@link #toRows} and {@link #ofRows} are
     * inverse.
     *
     * @throws IllegalArgumentException if {@code rotation} is not a rotation to within 1e-3, or
     *     anything is not finite
     */
    public static RigidTransform of(double[] rotation, double tx, double ty, double tz) {
        if (rotation.length != 9) {
            throw new IllegalArgumentException(
                    "rotation has " + rotation.length + " numbers, expected 9 (3x3 row-major)");
        }
        checkFinite(tx, ty, tz);
        return new RigidTransform(Rotations.orthonormalised(rotation), tx, ty, tz);
    }

    /**
     * From the first three rows of a homogeneous matrix, row-major (12 or 16 numbers), as KITTI
     * writes poses.
     */
    public static RigidTransform ofRows(double[] m) {
        if (m.length != 12 && m.length != 16) {
            throw new IllegalArgumentException(
                    "matrix has "
                            + m.length
                            + " numbers, expected 12 (3x4) or 16 (4x4), row-major");
        }
        double[] rot = {m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]};
        return of(rot, m[3], m[7], m[11]);
    }

    /** From a quaternion (x, y, z, w), normalised here; its length must be 1 to within 1e-3. */
    public static RigidTransform ofQuaternion(
            double tx, double ty, double tz, double qx, double qy, double qz, double qw) {
        checkFinite(tx, ty, tz);
        return new RigidTransform(Rotations.fromQuaternion(qx, qy, qz, qw), tx, ty, tz);
    }

    public static RigidTransform translation(double tx, double ty, double tz) {
        checkFinite(tx, ty, tz);
        return new RigidTransform(IDENTITY.r, tx, ty, tz);
    }

    /** A turn about +z by {@code yawRad}, then a shift. */
    public static RigidTransform ofYaw(double yawRad, double tx, double ty, double tz) {
        return ofYawPitchRoll(yawRad, 0, 0, tx, ty, tz);
    }

    /** Rotation {@code Rz(yaw) Ry(pitch) Rx(roll)}, then a shift. */
    public static RigidTransform ofYawPitchRoll(
            double yawRad, double pitchRad, double rollRad, double tx, double ty, double tz) {
        checkFinite(tx, ty, tz);
        return new RigidTransform(
                Rotations.fromYawPitchRoll(yawRad, pitchRad, rollRad), tx, ty, tz);
    }

    /**
     * The exponential of a twist: rotation vector (radians) and translation part (metres).
     *
     * @param twist (wx, wy, wz, vx, vy, vz)
     */
    public static RigidTransform exp(double[] twist) {
        double[] out = new double[12];
        Rotations.expSe3(twist, out);
        return new RigidTransform(java.util.Arrays.copyOf(out, 9), out[9], out[10], out[11]);
    }

    /** The twist (wx, wy, wz, vx, vy, vz) whose exponential is this; rotation angle in [0, pi]. */
    public double[] log() {
        return Rotations.logSe3(r, tx, ty, tz);
    }

    /** The transform {@code fraction} of the way from identity to this along its screw motion. */
    public RigidTransform power(double fraction) {
        double[] twist = log();
        for (int i = 0; i < 6; i++) {
            twist[i] *= fraction;
        }
        return exp(twist);
    }

    /** {@code aFromC = aFromB.times(bFromC)}. Made orthonormal, so long chains do not drift. */
    public RigidTransform times(RigidTransform right) {
        double[] a = r;
        double[] b = right.r;
        double[] c = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                c[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
            }
        }
        Rotations.polish(c);
        return new RigidTransform(
                c,
                mapX(right.tx, right.ty, right.tz),
                mapY(right.tx, right.ty, right.tz),
                mapZ(right.tx, right.ty, right.tz));
    }

    public RigidTransform inverse() {
        double[] t = {r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]};
        return new RigidTransform(
                t,
                -(t[0] * tx + t[1] * ty + t[2] * tz),
                -(t[3] * tx + t[4] * ty + t[5] * tz),
                -(t[6] * tx + t[7] * ty + t[8] * tz));
    }

    public double mapX(double x, double y, double z) {
        return r[0] * x + r[1] * y + r[2] * z + tx;
    }

    public double mapY(double x, double y, double z) {
        return r[3] * x + r[4] * y + r[5] * z + ty;
    }

    public double mapZ(double x, double y, double z) {
        return r[6] * x + r[7] * y + r[8] * z + tz;
    }

    /** The box as seen in the target frame; its yaw turns by this transform's heading. */
    public OrientedBox map(OrientedBox box) {
        double c = Math.cos(box.yawRad());
        double s = Math.sin(box.yawRad());
        double hx = r[0] * c + r[1] * s;
        double hy = r[3] * c + r[4] * s;
        return new OrientedBox(
                mapX(box.x(), box.y(), box.z()),
                mapY(box.x(), box.y(), box.z()),
                mapZ(box.x(), box.y(), box.z()),
                box.length(),
                box.width(),
                box.height(),
                Angles.wrap(Math.atan2(hy, hx)));
    }

    /** Entry (row, column) of the rotation. */
    public double r(int row, int column) {
        return r[3 * row + column];
    }

    /** A copy of the rotation, row-major. */
    public double[] rotation() {
        return r.clone();
    }

    public double tx() {
        return tx;
    }

    public double ty() {
        return ty;
    }

    public double tz() {
        return tz;
    }

    /** Heading of the x axis in the xy plane, in [-pi, pi). */
    public double yawRad() {
        return Angles.wrap(Math.atan2(r[3], r[0]));
    }

    /** Total angle of the rotation, in [0, pi]. */
    public double angleRad() {
        return Rotations.angle(r);
    }

    public double translationNorm() {
        return Math.sqrt(tx * tx + ty * ty + tz * tz);
    }

    /** Unit quaternion (x, y, z, w) with w >= 0. */
    public double[] quaternion() {
        return Rotations.toQuaternion(r);
    }

    /** The 3x4 matrix, row-major: 12 numbers. */
    public double[] toRows() {
        return new double[] {r[0], r[1], r[2], tx, r[3], r[4], r[5], ty, r[6], r[7], r[8], tz};
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RigidTransform t && java.util.Arrays.equals(toRows(), t.toRows());
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(toRows());
    }

    @Override
    public String toString() {
        return "RigidTransform" + java.util.Arrays.toString(toRows());
    }

    private static void checkFinite(double tx, double ty, double tz) {
        if (!Double.isFinite(tx) || !Double.isFinite(ty) || !Double.isFinite(tz)) {
            throw new IllegalArgumentException(
                    "translation is (%s, %s, %s), expected finite metres".formatted(tx, ty, tz));
        }
    }
}
