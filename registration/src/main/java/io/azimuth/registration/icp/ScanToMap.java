package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.GaussianVoxelMap;

/**
 * Finds the pose that lays a scan on a map: Gauss-Newton on point-to-voxel distances with a
 * Geman-McClure kernel. The reduction runs in one thread in the order of the points, so the result
 * is a function of its input to the last bit. Buffers are reused: one instance per thread.
 */
public final class ScanToMap {
    private final MapResiduals residuals = new MapResiduals();
    private final GaussNewton solver;

    /**
     * @param minEigenShare directions whose information is below this share of the best one's count
     *     as unobserved and keep the initial pose, 0 .. 1
     */
    public ScanToMap(double minEigenShare) {
        solver = new GaussNewton(minEigenShare, 1);
    }

    /**
     * What a registration found.
     *
     * @param mapFromSensor the pose
     * @param hessian 6x6 row-major information about a (turn, shift) along the map's axes, for
     *     residuals of unit variance; none about directions that were not observed
     * @param matchedRatio share of points whose voxel has a surface
     * @param inlierRatio share of those within the kernel's width of it
     * @param rmseM root mean square distance of the inliers, metres
     * @param misfit robust cost of those points per point, square metres, for comparing starts:
     *     points without a surface say nothing, since a sensor that stands still finds its own scan
     *     rings everywhere
     * @param degenerate some direction is not observed, and kept the initial pose
     */
    public record Match(
            RigidTransform mapFromSensor,
            double[] hessian,
            double matchedRatio,
            double inlierRatio,
            double rmseM,
            double misfit,
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
        residuals.set(map, points, size, kernelM);
        RigidTransform pose =
                solver.minimise(residuals, start, leverM(points, size), maxIterations);
        NormalEquations equations = solver.equations();
        double n = Math.max(1, size);
        return new Match(
                pose,
                solver.information(),
                equations.matched / n,
                equations.inliers / (double) Math.max(1, equations.matched),
                Math.sqrt(equations.squaredInlierResiduals / Math.max(1, equations.inliers)),
                equations.cost / Math.max(1, equations.matched),
                solver.iterations(),
                solver.degenerate());
    }

    private static double leverM(double[] points, int size) {
        double sum = 0;
        for (int i = 0; i < 3 * size; i++) {
            sum += points[i] * points[i];
        }
        return Math.max(1, Math.sqrt(sum / Math.max(1, size)));
    }
}
