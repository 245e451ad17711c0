package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.GaussianVoxelMap;

/**
 * The robust normal equations of points against a map of Gaussians, and their solution.
 *
 * <p>A point {@code p = R q + t} against a voxel (mean m, information W) costs {@code rho(e2)},
 * {@code e2 = (p - m)^T W (p - m)} in m^2, with Geman and McClure's kernel, whose weight is {@code
 * (k^2 / (k^2 + e2))^2}; both k^2 and e2 are m^2. The step is a small turn about the sensor and a
 * small shift, in axes of the map: {@code p + w x (p - t) + v}, order (w, v). Sums run in the order
 * of the points. One instance per thread; allocates nothing after construction but the results of
 * {@link #covariance} and {@link #moved}.
 */
public final class ScanToMap {
    /** A point with less weight than this counts as an outlier: residual over 0.54 k. */
    private static final double INLIER_WEIGHT = 0.6;

    /** Added to the diagonal, relative to its largest entry, so that a solution always exists. */
    private static final double DAMPING = 1e-9;

    private final double[] h = new double[36];
    private final double[] damped = new double[36];
    private final double[] g = new double[6];
    private final double[] step = new double[6];
    private final double[] gaussian = new double[9];
    private final Ldlt6 ldlt = new Ldlt6();
    private final SymmetricEigen6 eigen = new SymmetricEigen6();
    private double weightSum;
    private double squaredSum;
    private double cost;
    private double momentSum;
    private int matched;
    private int inliers;
    private int weakDirections;

    /**
     * Builds the normal equations at a pose.
     *
     * @param x coordinates in the sensor frame, metres; the first {@code size} entries
     * @param kernelM width k of the kernel, metres, more than 0
     */
    public void linearise(
            GaussianVoxelMap map,
            float[] x,
            float[] y,
            float[] z,
            int size,
            RigidTransform mapFromSensor,
            double kernelM) {
        java.util.Arrays.fill(h, 0);
        java.util.Arrays.fill(g, 0);
        weightSum = 0;
        squaredSum = 0;
        cost = 0;
        momentSum = 0;
        matched = 0;
        inliers = 0;
        double k2 = kernelM * kernelM;
        for (int i = 0; i < size; i++) {
            double px = mapFromSensor.mapX(x[i], y[i], z[i]);
            double py = mapFromSensor.mapY(x[i], y[i], z[i]);
            double pz = mapFromSensor.mapZ(x[i], y[i], z[i]);
            int slot = map.nearest(px, py, pz);
            if (slot < 0) {
                cost += k2;
                continue;
            }
            map.gaussian(slot, gaussian);
            add(
                    px - mapFromSensor.tx(),
                    py - mapFromSensor.ty(),
                    pz - mapFromSensor.tz(),
                    px - gaussian[0],
                    py - gaussian[1],
                    pz - gaussian[2],
                    k2);
        }
    }

    /** Adds one point: arm a from the sensor, residual r; J = [-[a]x I]. */
    private void add(
            double ax, double ay, double az, double rx, double ry, double rz, double k2) {
        double wxx = gaussian[3];
        double wxy = gaussian[4];
        double wxz = gaussian[5];
        double wyy = gaussian[6];
        double wyz = gaussian[7];
        double wzz = gaussian[8];
        double fx = wxx * rx + wxy * ry + wxz * rz;
        double fy = wxy * rx + wyy * ry + wyz * rz;
        double fz = wxz * rx + wyz * ry + wzz * rz;
        double e2 = rx * fx + ry * fy + rz * fz;
        double root = k2 / (k2 + e2);
        double w = root * root;
        matched++;
        cost += k2 * (1 - root);
        weightSum += w;
        squaredSum += w * e2;
        momentSum += w * (ax * ax + ay * ay + az * az);
        inliers += w >= INLIER_WEIGHT ? 1 : 0;
        wxx *= w;
        wxy *= w;
        wxz *= w;
        wyy *= w;
        wyz *= w;
        wzz *= w;
        // rows of A = [a]x W; the rotation block is [a]x W [a]x^T, the mixed one [a]x W
        double a00 = ay * wxz - az * wxy;
        double a01 = ay * wyz - az * wyy;
        double a02 = ay * wzz - az * wyz;
        double a10 = az * wxx - ax * wxz;
        double a11 = az * wxy - ax * wyz;
        double a12 = az * wxz - ax * wzz;
        double a20 = ax * wxy - ay * wxx;
        double a21 = ax * wyy - ay * wxy;
        double a22 = ax * wyz - ay * wxz;
        h[0] += a02 * ay - a01 * az;
        h[6] += a12 * ay - a11 * az;
        h[7] += a10 * az - a12 * ax;
        h[12] += a22 * ay - a21 * az;
        h[13] += a20 * az - a22 * ax;
        h[14] += a21 * ax - a20 * ay;
        h[18] += a00;
        h[19] += a10;
        h[20] += a20;
        h[24] += a01;
        h[25] += a11;
        h[26] += a21;
        h[30] += a02;
        h[31] += a12;
        h[32] += a22;
        h[21] += wxx;
        h[27] += wxy;
        h[28] += wyy;
        h[33] += wxz;
        h[34] += wyz;
        h[35] += wzz;
        g[0] -= w * (ay * fz - az * fy);
        g[1] -= w * (az * fx - ax * fz);
        g[2] -= w * (ax * fy - ay * fx);
        g[3] -= w * fx;
        g[4] -= w * fy;
        g[5] -= w * fz;
    }

    /**
     * Solves the equations last built. Directions that the scene observes too weakly do not move
     * (solution remapping: Zhang, Kaess, Singh 2016). Strength is the eigenvalue of the matrix per
     * unit of weight with turns scaled by the points' root mean square range; 1 would be "all
     * points push that way".
     *
     * @param minStrength weakest direction that may move
     * @return the step (w, v), valid until the next call; zero if nothing can be solved
     */
    public double[] solve(double minStrength) {
        java.util.Arrays.fill(step, 0);
        weakDirections = 6;
        if (!(weightSum > 0)) {
            return step;
        }
        double arm = Math.max(1e-3, Math.sqrt(momentSum / weightSum));
        scaleInto(damped, 1 / arm, 1 / weightSum);
        eigen.decompose(damped);
        weakDirections = 0;
        for (int k = 0; k < 6; k++) {
            double strength = eigen.value(k);
            if (!(strength >= minStrength)) {
                weakDirections++;
                continue;
            }
            double along = 0;
            for (int i = 0; i < 6; i++) {
                along += eigen.vector(i, k) * g[i] * (i < 3 ? 1 / arm : 1);
            }
            along /= strength * weightSum;
            for (int i = 0; i < 6; i++) {
                step[i] += along * eigen.vector(i, k) * (i < 3 ? 1 / arm : 1);
            }
        }
        return step;
    }

    /** The pose after a step of {@link #solve}. */
    public static RigidTransform moved(RigidTransform mapFromSensor, double[] step) {
        RigidTransform turn =
                RigidTransform.exp(new double[] {step[0], step[1], step[2], 0, 0, 0});
        RigidTransform turned =
                turn.times(RigidTransform.of(mapFromSensor.rotation(), 0, 0, 0));
        return RigidTransform.translation(
                        mapFromSensor.tx() + step[3],
                        mapFromSensor.ty() + step[4],
                        mapFromSensor.tz() + step[5])
                .times(turned);
    }

    /**
     * Covariance of the pose in map axes, 6x6 row-major, order (rotation, translation), rad and m:
     * residual variance over the information. Weak directions get the variance that the bound on
     * strength implies.
     */
    public double[] covariance() {
        double largest = 0;
        for (int i = 0; i < 6; i++) {
            largest = Math.max(largest, h[7 * i]);
        }
        System.arraycopy(h, 0, damped, 0, 36);
        for (int i = 0; i < 6; i++) {
            damped[7 * i] += DAMPING * largest;
        }
        if (!ldlt.factor(damped)) {
            double[] unknown = new double[36];
            for (int i = 0; i < 6; i++) {
                unknown[7 * i] = 1;
            }
            return unknown;
        }
        double[] out = ldlt.inverse();
        double variance = Math.max(1e-8, squaredSum / Math.max(weightSum, 1e-9));
        for (int i = 0; i < 36; i++) {
            out[i] *= variance;
        }
        return out;
    }

    /** Whether and how many directions the last {@link #solve} left alone. */
    public int weakDirections() {
        return weakDirections;
    }

    /** Weakest to strongest is not sorted; strength {@code k} of the last {@link #solve}. */
    public double strength(int k) {
        return eigen.value(k);
    }

    /** Points that found a voxel. */
    public int matched() {
        return matched;
    }

    /** Points well within the kernel. */
    public int inliers() {
        return inliers;
    }

    /** Sum of the kernel's costs, m^2; a point without a voxel costs the most there is. */
    public double cost() {
        return cost;
    }

    /** Weighted root mean square residual, metres. */
    public double rmseM() {
        return weightSum > 0 ? Math.sqrt(squaredSum / weightSum) : 0;
    }

    private void scaleInto(double[] out, double rotationScale, double scale) {
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j <= i; j++) {
                double s = (i < 3 ? rotationScale : 1) * (j < 3 ? rotationScale : 1) * scale;
                out[6 * i + j] = h[6 * i + j] * s;
                out[6 * j + i] = out[6 * i + j];
            }
        }
    }
}
