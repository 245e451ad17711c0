package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.SurfaceCloud;
import io.azimuth.registration.neighbours.SurfaceVoxels;
import java.util.function.LongSupplier;

/**
 * Generalised ICP, plane to plane. A pass of {@link Vgicp} over some of the points brings the guess
 * near, so that few correspondences have to be searched more than once. Allocates nothing per point
 * after the first clouds of a size. One instance per thread.
 */
public final class Gicp implements Refiner {
    /** Name as in configuration. */
    public static final String NAME = "gicp";

    /** Every so manieth point takes part in the coarse pass. */
    private static final int COARSE_STRIDE = 4;

    /** The coarse pass ends with steps of 2 mm and 0.01 degrees. */
    private static final double COARSENESS = 10;

    private final SurfaceCloud targetCloud;
    private final SurfaceCloud sourceCloud;
    private final SurfaceVoxels targetVoxels;
    private final VoxelResiduals coarseResiduals = new VoxelResiduals();
    private final SurfaceSolver coarseSolver;
    private final PointResiduals residuals = new PointResiduals();
    private final SurfaceSolver solver;
    private final double maxDistanceM;
    private final LongSupplier nanoClock;

    /**
     * @param nanoClock what {@link Refinement#nanos()} is read from
     */
    public Gicp(RefinerSettings settings, LongSupplier nanoClock) {
        targetCloud = new SurfaceCloud(settings.neighbours());
        sourceCloud = new SurfaceCloud(settings.neighbours());
        targetVoxels = new SurfaceVoxels(settings.voxelM());
        coarseSolver = new SurfaceSolver(settings, COARSENESS);
        solver = new SurfaceSolver(settings, 1);
        maxDistanceM = settings.maxDistanceM();
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Refinement refine(
            PointCloud target, PointCloud source, RigidTransform targetFromSourceGuess) {
        long begun = nanoClock.getAsLong();
        targetCloud.load(target, "target");
        sourceCloud.load(source, "source");
        return align(targetCloud, sourceCloud, targetFromSourceGuess, begun);
    }

    /** As {@link #refine}, for clouds that are prepared already and shared between calls. */
    public Refinement align(
            SurfaceCloud target, SurfaceCloud source, RigidTransform targetFromSourceGuess) {
        return align(target, source, targetFromSourceGuess, nanoClock.getAsLong());
    }

    private Refinement align(
            SurfaceCloud target, SurfaceCloud source, RigidTransform guess, long begun) {
        if (SurfaceSolver.tooFew(target, source)) {
            return SurfaceSolver.undetermined(guess, nanoClock.getAsLong() - begun);
        }
        RigidTransform near = brought(target, source, guess);
        residuals.set(target, source, maxDistanceM);
        RigidTransform pose = solver.minimise(residuals, target, source, near);
        return solver.conclude(pose, source, nanoClock.getAsLong() - begun);
    }

    /** Where the coarse pass leads, or the guess if the clouds do not meet there. */
    private RigidTransform brought(SurfaceCloud target, SurfaceCloud source, RigidTransform guess) {
        targetVoxels.load(target);
        coarseResiduals.set(targetVoxels, source, COARSE_STRIDE);
        RigidTransform pose = coarseSolver.minimise(coarseResiduals, target, source, guess);
        return coarseSolver.overlaps(source.size() / COARSE_STRIDE) ? pose : guess;
    }
}
