package io.azimuth.jobs.pairs;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Status;
import io.azimuth.registration.pcl.NativeCloud;
import io.azimuth.registration.pcl.PclFeatures;
import io.azimuth.registration.pcl.PclFeatures.Descriptors;
import io.azimuth.registration.pcl.PclFilters;
import io.azimuth.registration.pcl.PclRegistration;
import io.azimuth.registration.pcl.PclRuntime;
import java.util.function.LongSupplier;

/**
 * The classical way: PCL's fast point feature histograms on scans thinned to 1 m, sample consensus
 * with prerejection, then PCL's GICP on 0.25 m. A baseline; the guess is not looked at.
 */
final class FpfhPairs implements PairMethod {
    private static final double COARSE_M = 1.0;
    private static final double NORMAL_RADIUS_M = 2.0;
    private static final double FEATURE_RADIUS_M = 5.0;
    private static final double NANOS_A_MILLI = 1e6;

    private final LongSupplier nanoClock;

    FpfhPairs(LongSupplier nanoClock) {
        PclRuntime.require("method " + PairMethods.FPFH);
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return PairMethods.FPFH;
    }

    @Override
    public boolean needsGuess() {
        return false;
    }

    @Override
    public PairOutcome register(
            PointCloud target, PointCloud source, RigidTransform targetFromSourceGuess) {
        long begun = nanoClock.getAsLong();
        try (NativeCloud wholeTarget = NativeCloud.of(target);
                NativeCloud wholeSource = NativeCloud.of(source)) {
            Refinement found = coarse(wholeTarget, wholeSource);
            if (found.status() == Status.ALIGNED) {
                found = fine(wholeTarget, wholeSource, found.targetFromSource());
            }
            return RefinedPairs.outcome(found, (nanoClock.getAsLong() - begun) / NANOS_A_MILLI);
        }
    }

    private static Refinement coarse(NativeCloud wholeTarget, NativeCloud wholeSource) {
        try (NativeCloud target = PclFilters.voxelGrid(wholeTarget, COARSE_M);
                NativeCloud source = PclFilters.voxelGrid(wholeSource, COARSE_M)) {
            return PclRegistration.prerejective(
                    target,
                    described(target),
                    source,
                    described(source),
                    PclRegistration.SearchSettings.defaults());
        }
    }

    private static Descriptors described(NativeCloud cloud) {
        return PclFeatures.fpfh(
                cloud,
                PclFeatures.normalsWithin(cloud, NORMAL_RADIUS_M, new float[] {0, 0, 0}, 1),
                FEATURE_RADIUS_M,
                1);
    }

    private static Refinement fine(
            NativeCloud wholeTarget, NativeCloud wholeSource, RigidTransform guess) {
        try (NativeCloud target = PclFilters.voxelGrid(wholeTarget, RefinedPairs.LEAF_M);
                NativeCloud source = PclFilters.voxelGrid(wholeSource, RefinedPairs.LEAF_M)) {
            return PclRegistration.gicp(target, source, guess, PclRegistration.Settings.defaults());
        }
    }
}
