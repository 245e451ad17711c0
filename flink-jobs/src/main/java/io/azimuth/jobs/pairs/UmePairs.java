package io.azimuth.jobs.pairs;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.ume.UmeConfig;
import io.azimuth.registration.ume.UmeRegistrar;
import io.azimuth.registration.ume.UmeResult;
import io.azimuth.registration.ume.UmeScan;
import java.util.function.LongSupplier;

/** UME-R on two whole scans; the guess is not looked at. */
final class UmePairs implements PairMethod {
    private static final double NANOS_A_MILLI = 1e6;

    private final UmeConfig config = UmeConfig.explicitPair();
    private final UmeRegistrar registrar = new UmeRegistrar(config);
    private final LongSupplier nanoClock;

    UmePairs(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return PairMethods.UME;
    }

    @Override
    public boolean needsGuess() {
        return false;
    }

    @Override
    public PairOutcome register(
            PointCloud target, PointCloud source, RigidTransform targetFromSourceGuess) {
        long begun = nanoClock.getAsLong();
        UmeResult found =
                registrar.register(UmeScan.of(target, config), UmeScan.of(source, config));
        return new PairOutcome(
                found.accepted(),
                found.accepted() ? PairOutcome.OK : found.reason().name(),
                found.targetFromSource(),
                found.overlap(),
                found.score(),
                found.margin(),
                found.fitness(),
                found.inliers(),
                (nanoClock.getAsLong() - begun) / NANOS_A_MILLI,
                "azimuth");
    }
}
