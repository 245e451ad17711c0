package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.SurfaceCloud;
import io.azimuth.registration.neighbours.SurfaceVoxels;
import java.util.function.LongSupplier;

/**
 * Voxelised generalised ICP: fast and coarse, good from guesses within about a voxel. Allocates
 * nothing per point after the first clouds of a size. One instance per thread.
 */
public final class Vgicp implements Refiner {
    /** Name as in configuration. */
    public static final String NAME = "vgicp";

    /** Ends with steps of 1 mm and 0.006 degrees: finer than a voxel's mean tells. */
    private static final double COARSENESS = 5;

    private final SurfaceCloud targetCloud;
    private final SurfaceCloud sourceCloud;
    private final SurfaceVoxels targetVoxels;
    private final VoxelResiduals residuals = new VoxelResiduals();
    private final SurfaceSolver solver;
    private final LongSupplier nanoClock;

    /**
     * @param nanoClock what {@link Refinement#nanos()} is read from
     */
    public Vgicp(RefinerSettings settings, LongSupplier nanoClock) {
        targetCloud = new SurfaceCloud(settings.neighbours());
        sourceCloud = new SurfaceCloud(settings.neighbours());
        targetVoxels = new SurfaceVoxels(settings.voxelM());
        solver = new SurfaceSolver(settings, COARSENESS);
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
        targetVoxels.load(targetCloud);
        return align(targetCloud, targetVoxels, sourceCloud, targetFromSourceGuess, begun);
    }

    /**
     * As {@link #refine}, for clouds that are prepared already and shared between calls.
     *
     * @param targetVoxels those of {@code target}
     */
    public Refinement align(
            SurfaceCloud target,
            SurfaceVoxels targetVoxels,
            SurfaceCloud source,
            RigidTransform targetFromSourceGuess) {
        return align(target, targetVoxels, source, targetFromSourceGuess, nanoClock.getAsLong());
    }

    private Refinement align(
            SurfaceCloud target,
            SurfaceVoxels voxels,
            SurfaceCloud source,
            RigidTransform guess,
            long begun) {
        if (SurfaceSolver.tooFew(target, source)) {
            return SurfaceSolver.undetermined(guess, nanoClock.getAsLong() - begun);
        }
        residuals.set(voxels, source, 1);
        RigidTransform pose = solver.minimise(residuals, target, source, guess);
        return solver.conclude(pose, source, nanoClock.getAsLong() - begun);
    }
}
