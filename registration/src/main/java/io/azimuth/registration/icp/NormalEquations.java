package io.azimuth.registration.icp;

import java.util.Arrays;

/**
 * Sums {@code w J^T M J} and {@code w J^T M r} over points: r the residual in the target's frame, M
 * its 3x3 information, J the derivative with respect to a turn about the source's origin and a
 * shift, both along the target's axes. Six by six, order (rotation, translation). The counts beside
 * it are the linearisation's to fill. Not thread-safe.
 */
final class NormalEquations {
    final double[] hessian = new double[36]; // row-major; the lower triangle after complete()
    final double[] gradient = new double[6];

    /** Points that have something in the target to be compared with. */
    int matched;

    /** Those whose residual is small enough to count as a fit. */
    int inliers;

    /** Square metres over the inliers; which distance is the linearisation's to say. */
    double squaredInlierResiduals;

    /** Sum of the robust residuals that the sums are the derivatives of. */
    double cost;

    void reset() {
        Arrays.fill(hessian, 0);
        Arrays.fill(gradient, 0);
        matched = 0;
        inliers = 0;
        squaredInlierResiduals = 0;
        cost = 0;
    }

    /**
     * Adds a point.
     *
     * @param w weight
     * @param ax where the point lies from the source's origin, in the target's axes: the lever
     * @param gx the residual times its information, {@code M r}
     * @param mxx upper triangle of M
     */
    void add(
            double w,
            double ax,
            double ay,
            double az,
            double gx,
            double gy,
            double gz,
            double mxx,
            double mxy,
            double mxz,
            double myy,
            double myz,
            double mzz) {
        double[] g = gradient;
        g[0] += w * (ay * gz - az * gy);
        g[1] += w * (az * gx - ax * gz);
        g[2] += w * (ax * gy - ay * gx);
        g[3] += w * gx;
        g[4] += w * gy;
        g[5] += w * gz;
        // rows of B = [a]x M, the rotation-translation block
        double b00 = ay * mxz - az * mxy;
        double b01 = ay * myz - az * myy;
        double b02 = ay * mzz - az * myz;
        double b10 = az * mxx - ax * mxz;
        double b11 = az * mxy - ax * myz;
        double b12 = az * mxz - ax * mzz;
        double b20 = ax * mxy - ay * mxx;
        double b21 = ax * myy - ay * mxy;
        double b22 = ax * myz - ay * mxz;
        double[] h = hessian;
        // rotation-rotation block: B [a]x^T
        h[0] += w * (ay * b02 - az * b01);
        h[1] += w * (az * b00 - ax * b02);
        h[2] += w * (ax * b01 - ay * b00);
        h[7] += w * (az * b10 - ax * b12);
        h[8] += w * (ax * b11 - ay * b10);
        h[14] += w * (ax * b21 - ay * b20);
        h[3] += w * b00;
        h[4] += w * b01;
        h[5] += w * b02;
        h[9] += w * b10;
        h[10] += w * b11;
        h[11] += w * b12;
        h[15] += w * b20;
        h[16] += w * b21;
        h[17] += w * b22;
        h[21] += w * mxx;
        h[22] += w * mxy;
        h[23] += w * mxz;
        h[28] += w * myy;
        h[29] += w * myz;
        h[35] += w * mzz;
    }

    /** Mirrors the upper triangle, when all points are in. */
    void complete() {
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < i; j++) {
                hessian[6 * i + j] = hessian[6 * j + i];
            }
        }
    }
}
