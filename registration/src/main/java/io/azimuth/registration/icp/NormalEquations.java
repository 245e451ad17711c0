package io.azimuth.registration.icp;

/**
 * Sums {@code w J^T M J} and {@code w J^T M r} over points: r the residual in the target's frame, M
 * its 3x3 information, J the derivative with respect to a turn about the source's origin and a
 * shift, both along the target's axes. Six by six, order (rotation, translation). The counts beside
 * it are the linearisation's to fill. Not thread-safe.
 */
final class NormalEquations {
    /** Row-major; valid after {@link #complete}. */
    final double[] hessian = new double[36];

    /** Valid after {@link #complete}. */
    final double[] gradient = new double[6];

    // one field an entry: an array costs a check of its bounds at every one of 27 sums a point
    private double g0;
    private double g1;
    private double g2;
    private double g3;
    private double g4;
    private double g5;
    private double h00;
    private double h01;
    private double h02;
    private double h03;
    private double h04;
    private double h05;
    private double h11;
    private double h12;
    private double h13;
    private double h14;
    private double h15;
    private double h22;
    private double h23;
    private double h24;
    private double h25;
    private double h33;
    private double h34;
    private double h35;
    private double h44;
    private double h45;
    private double h55;

    /** Points that have something in the target to be compared with. */
    int matched;

    /** Those whose residual is small enough to count as a fit. */
    int inliers;

    /** Square metres over the inliers; which distance is the linearisation's to say. */
    double squaredInlierResiduals;

    /** Sum of the robust residuals that the sums are the derivatives of. */
    double cost;

    void reset() {
        g0 = 0;
        g1 = 0;
        g2 = 0;
        g3 = 0;
        g4 = 0;
        g5 = 0;
        h00 = 0;
        h01 = 0;
        h02 = 0;
        h03 = 0;
        h04 = 0;
        h05 = 0;
        h11 = 0;
        h12 = 0;
        h13 = 0;
        h14 = 0;
        h15 = 0;
        h22 = 0;
        h23 = 0;
        h24 = 0;
        h25 = 0;
        h33 = 0;
        h34 = 0;
        h35 = 0;
        h44 = 0;
        h45 = 0;
        h55 = 0;
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
        g0 += w * (ay * gz - az * gy);
        g1 += w * (az * gx - ax * gz);
        g2 += w * (ax * gy - ay * gx);
        g3 += w * gx;
        g4 += w * gy;
        g5 += w * gz;
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
        // rotation-rotation block: B [a]x^T
        h00 += w * (ay * b02 - az * b01);
        h01 += w * (az * b00 - ax * b02);
        h02 += w * (ax * b01 - ay * b00);
        h11 += w * (az * b10 - ax * b12);
        h12 += w * (ax * b11 - ay * b10);
        h22 += w * (ax * b21 - ay * b20);
        h03 += w * b00;
        h04 += w * b01;
        h05 += w * b02;
        h13 += w * b10;
        h14 += w * b11;
        h15 += w * b12;
        h23 += w * b20;
        h24 += w * b21;
        h25 += w * b22;
        h33 += w * mxx;
        h34 += w * mxy;
        h35 += w * mxz;
        h44 += w * myy;
        h45 += w * myz;
        h55 += w * mzz;
    }

    /** Writes the matrix and the gradient, when all points are in. */
    void complete() {
        gradient[0] = g0;
        gradient[1] = g1;
        gradient[2] = g2;
        gradient[3] = g3;
        gradient[4] = g4;
        gradient[5] = g5;
        hessian[0] = h00;
        hessian[1] = h01;
        hessian[2] = h02;
        hessian[3] = h03;
        hessian[4] = h04;
        hessian[5] = h05;
        hessian[7] = h11;
        hessian[8] = h12;
        hessian[9] = h13;
        hessian[10] = h14;
        hessian[11] = h15;
        hessian[14] = h22;
        hessian[15] = h23;
        hessian[16] = h24;
        hessian[17] = h25;
        hessian[21] = h33;
        hessian[22] = h34;
        hessian[23] = h35;
        hessian[28] = h44;
        hessian[29] = h45;
        hessian[35] = h55;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < i; j++) {
                hessian[6 * i + j] = hessian[6 * j + i];
            }
        }
    }
}
