package io.azimuth.registration.ume;

import io.azimuth.registration.icp.Ldlt6;

/**
 * Standard deviations of a pose from its information matrix. What is not observed at all counts
 * with {@value #UNKNOWN_M} m and as many radians.
 *
 * @param metres of the place of the source's origin, root of the sum over the axes
 * @param radians of the attitude, likewise
 */
record PoseSpread(double metres, double radians) {
    private static final double UNKNOWN_M = 10;

    /** Where it was not asked for. */
    static final PoseSpread NONE = new PoseSpread(0, 0);

    /**
     * @param information 6x6 row-major, (turn, shift), the turn about the frame's origin
     * @param px place of the source's origin in that frame
     */
    static PoseSpread of(double[] information, double px, double py, double pz) {
        double[] h = information.clone();
        for (int i = 0; i < 6; i++) {
            h[7 * i] += 1 / (UNKNOWN_M * UNKNOWN_M);
        }
        Ldlt6 solver = new Ldlt6();
        if (!solver.decompose(h)) {
            return new PoseSpread(UNKNOWN_M, UNKNOWN_M);
        }
        double place = 0;
        double turn = 0;
        double[][] motion = {
            {0, pz, -py, 1, 0, 0},
            {-pz, 0, px, 0, 1, 0},
            {py, -px, 0, 0, 0, 1}
        };
        for (int axis = 0; axis < 3; axis++) {
            place += variance(solver, motion[axis]);
            double[] unit = new double[6];
            unit[axis] = 1;
            turn += variance(solver, unit);
        }
        return new PoseSpread(Math.sqrt(place), Math.sqrt(turn));
    }

    /** {@code j^T H^-1 j}. */
    private static double variance(Ldlt6 solver, double[] j) {
        double[] x = new double[6];
        solver.solve(j, x);
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            sum += j[i] * x[i];
        }
        return sum;
    }
}
