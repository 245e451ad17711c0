package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.GaussianVoxelMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pose that lays a scan on a map: Gauss-Newton on point-to-voxel distances with a
 * Geman-McClure kernel. The reduction runs in one thread in the order of the points, so the result
 * is a function of its input to the last bit. Buffers are reused: one instance per thread.
 */
public final class ScanToMap {
    private static final double STOP_RAD = 2e-5;
    private static final double STOP_M = 2e-4;

    private final NormalEquations equations = new NormalEquations();
    private final Ldlt6 solver = new Ldlt6();
    private final double[] step = new double[6];
    private final double minEigenShare;

    /**
     * @param minEigenShare directions whose information is below this share of the best one's count
     *     as unobserved and keep the initial pose, 0 .. 1
     */
    public ScanToMap(double minEigenShare) {
        this.minEigenShare = minEigenShare;
    }

    /**
     * What a registration found.
     *
     * @param mapFromSensor the pose
     * @param hessian 6x6 row-major information about a (turn, shift) along the map's axes, for
     *     residuals of unit variance
     * @param matchedRatio share of points whose voxel has a surface
     * @param inlierRatio share of those within the kernel's width of it
     * @param rmseM root mean square distance of the inliers, metres
     * @param costPerPoint robust cost in square metres, for comparing starts
     * @param degenerate some direction kept the initial pose
     */
    public record Match(
            RigidTransform mapFromSensor,
            double[] hessian,
            double matchedRatio,
            double inlierRatio,
            double rmseM,
            double costPerPoint,
            int iterations,
            boolean degenerate) {}

    /**
     * Registers a scan.
     *
     * @param points x, y, z triples in the sensor's frame, metres, compensated for motion
     * @param size number of points
     * @param start where to begin
     * @param kernelM distance at which a point loses most of its say
     */
    public Match align(
            GaussianVoxelMap map,
            double[] points,
            int size,
            RigidTransform start,
            double kernelM,
            int maxIterations) {
        RigidTransform pose = start;
        double @Nullable [] projection = null;
        int iterations = 0;
        equations.build(map, pose, points, size, kernelM);
        if (size > 0) {
            projection =
                    Degeneracy.projection(equations.hessian, leverM(points, size), minEigenShare);
        }
        while (iterations < maxIterations && size > 0) {
            iterations++;
            if (!solveStep(projection)) {
                break;
            }
            pose = corrected(pose);
            boolean still = isSmall();
            equations.build(map, pose, points, size, kernelM);
            if (still) {
                break;
            }
        }
        double n = Math.max(1, size);
        return new Match(
                pose,
                equations.hessian.clone(),
                equations.matched / n,
                equations.inliers / (double) Math.max(1, equations.matched),
                Math.sqrt(equations.squaredInlierResiduals / Math.max(1, equations.inliers)),
                equations.robustCost / n,
                iterations,
                projection != null);
    }

    private boolean solveStep(double @Nullable [] projection) {
        double[] h = equations.hessian;
        double damping = 1e-6 * (h[21] + h[28] + h[35]) + 1e-9;
        for (int i = 0; i < 6; i++) {
            h[7 * i] += damping;
        }
        if (!solver.decompose(h)) {
            return false;
        }
        solver.solve(equations.gradient, step);
        if (projection != null) {
            double[] full = step.clone();
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
        return turn < STOP_RAD && shift < STOP_M;
    }

    private static double leverM(double[] points, int size) {
        double sum = 0;
        for (int i = 0; i < 3 * size; i++) {
            sum += points[i] * points[i];
        }
        return Math.max(1, Math.sqrt(sum / size));
    }
}
