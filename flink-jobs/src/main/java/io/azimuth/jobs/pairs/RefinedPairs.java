package io.azimuth.jobs.pairs;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Refiner;
import io.azimuth.registration.icp.Status;
import io.azimuth.registration.neighbours.VoxelGrid;
import java.util.Collections;
import java.util.function.LongSupplier;

/** A {@link Refiner} on scans thinned to 0.25 m: as good as its guess. */
final class RefinedPairs implements PairMethod {
    static final double LEAF_M = 0.25;
    private static final double NANOS_A_MILLI = 1e6;

    private final Refiner refiner;
    private final LongSupplier nanoClock;
    private final VoxelGrid grid = new VoxelGrid(LEAF_M);
    private final PointCloud thinTarget = new PointCloud();
    private final PointCloud thinSource = new PointCloud();

    RefinedPairs(Refiner refiner, LongSupplier nanoClock) {
        this.refiner = refiner;
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return refiner.name();
    }

    @Override
    public boolean needsGuess() {
        return true;
    }

    @Override
    public PairOutcome register(
            PointCloud target, PointCloud source, RigidTransform targetFromSourceGuess) {
        long begun = nanoClock.getAsLong();
        grid.thin(target, thinTarget);
        grid.thin(source, thinSource);
        Refinement found = refiner.refine(thinTarget, thinSource, targetFromSourceGuess);
        return outcome(found, (nanoClock.getAsLong() - begun) / NANOS_A_MILLI);
    }

    static PairOutcome outcome(Refinement found, double milliseconds) {
        boolean aligned = found.status() == Status.ALIGNED;
        return new PairOutcome(
                aligned,
                aligned ? PairOutcome.OK : found.status().name(),
                found.targetFromSource(),
                found.overlap(),
                Double.NaN,
                Double.NaN,
                found.rmseM(),
                found.inliers(),
                milliseconds,
                found.engine(),
                Collections.emptySortedMap());
    }
}
