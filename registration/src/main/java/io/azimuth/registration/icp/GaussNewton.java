package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * Minimises a {@link Linearisation} over poses: Gauss-Newton with a left perturbation, slightly
 * damped, in which directions that the points do not observe at the start keep what they have. One
 * thread, fixed order: the result is a function of its input to the last bit. Buffers are reused.
 */
final class GaussNewton {
    private static final double STOP_RAD = 2e-5;
    private static final double STOP_M = 2e-4;

    private final NormalEquations equations = new NormalEquations();
    private final Degeneracy degeneracy = new Degeneracy();
    private final Ldlt6 solver = new Ldlt6();
    private final double[] step = new double[6];
    private final double[] full = new double[6];
    private final double minEigenShare;
    private final double stopRad;
    private final double stopM;
    private int iterations;
    private boolean converged;
    private boolean degenerate;

    /**
     * @param minEigenShare directions whose information is below this share of the best one's count
     *     as unobserved, 0 .. 1
     * @param coarseness how many times larger than usual a last step may be
     */
    GaussNewton(double minEigenShare, double coarseness) {
        this.minEigenShare = minEigenShare;
        this.stopRad = coarseness * STOP_RAD;
        this.stopM = coarseness * STOP_M;
    }

    /**
     * The pose at the minimum near a start. The other accessors tell about it until the next call.
     *
     * @param leverM typical distance of a point from the source's origin
     */
    RigidTransform minimise(
            Linearisation residuals, RigidTransform start, double leverM, int maxIterations) {
        RigidTransform pose = start;
        iterations = 0;
        converged = false;
        linearise(residuals, pose);
        degenerate = degeneracy.examine(equations.hessian, leverM, minEigenShare);
        while (iterations < maxIterations && !converged) {
            iterations++;
            if (!solveStep()) {
                break;
            }
            pose = corrected(pose);
            converged = isSmall();
            linearise(residuals, pose);
        }
        return pose;
    }

    /** The equations at the pose that was found. */
    NormalEquations equations() {
        return equations;
    }

    int iterations() {
        return iterations;
    }

    /** Whether the last step was small. */
    boolean converged() {
        return converged;
    }

    /** Whether the points left a direction unobserved at the start. */
    boolean degenerate() {
        return degenerate;
    }

    /** {@code P^T H P}: the information about the directions that are observed. */
    double[] information() {
        double[] out = equations.hessian.clone();
        return degenerate ? sandwich(degeneracy.projection(), out) : out;
    }

    /** {@code P^T H P} for row-major 6x6 matrices. */
    static double[] sandwich(double[] p, double[] h) {
        double[] half = new double[36];
        double[] out = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 6; k++) {
                    half[6 * i + j] += h[6 * i + k] * p[6 * k + j];
                }
            }
        }
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 6; k++) {
                    out[6 * i + j] += p[6 * k + i] * half[6 * k + j];
                }
            }
        }
        return out;
    }

    private void linearise(Linearisation residuals, RigidTransform pose) {
        equations.reset();
        residuals.linearise(pose, equations);
        equations.complete();
    }

    private boolean solveStep() {
        double[] h = equations.hessian;
        double damping = 1e-6 * (h[21] + h[28] + h[35]) + 1e-9;
        for (int i = 0; i < 6; i++) {
            h[7 * i] += damping;
        }
        boolean solvable = solver.decompose(h);
        for (int i = 0; i < 6; i++) {
            h[7 * i] -= damping;
        }
        if (!solvable) {
            return false;
        }
        solver.solve(equations.gradient, step);
        if (degenerate) {
            System.arraycopy(step, 0, full, 0, 6);
            double[] projection = degeneracy.projection();
            for (int i = 0; i < 6; i++) {
                step[i] = 0;
                for (int j = 0; j < 6; j++) {
                    step[i] += projection[6 * i + j] * full[j];
                }
            }
        }
        return true;
    }

    private RigidTransform corrected(RigidTransform pose) {
        RigidTransform turn =
                RigidTransform.exp(new double[] {-step[0], -step[1], -step[2], 0, 0, 0});
        double[] r = turn.times(RigidTransform.of(pose.rotation(), 0, 0, 0)).rotation();
        return RigidTransform.of(r, pose.tx() - step[3], pose.ty() - step[4], pose.tz() - step[5]);
    }

    private boolean isSmall() {
        double turn = Math.sqrt(step[0] * step[0] + step[1] * step[1] + step[2] * step[2]);
        double shift = Math.sqrt(step[3] * step[3] + step[4] * step[4] + step[5] * step[5]);
        return turn < stopRad && shift < stopM;
    }
}
