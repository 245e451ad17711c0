package io.azimuth.jobs.pairs;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.ume.UmeConfig;
import io.azimuth.registration.ume.UmeRegistrar;
import io.azimuth.registration.ume.UmeResult;
import io.azimuth.registration.ume.UmeScan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** UME-R on two whole scans; the guess is not looked at. */
final class UmePairs implements PairMethod {
    private static final double NANOS_A_MILLI = 1e6;

    private final String name;
    private final UmeConfig config;
    private final UmeRegistrar registrar;
    private final LongSupplier nanoClock;
    private final boolean tells;

    /**
     * @param tells whether outcomes have the poses that were chosen from; takes time of its own
     */
    UmePairs(String name, UmeConfig config, LongSupplier nanoClock, boolean tells) {
        this.name = name;
        this.config = config;
        registrar = new UmeRegistrar(config);
        this.nanoClock = nanoClock;
        this.tells = tells;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return name + " " + config + " " + UmeRegistrar.weights();
    }

    @Override
    public boolean needsGuess() {
        return false;
    }

    @Override
    public PairOutcome register(
            PointCloud target, PointCloud source, RigidTransform targetFromSourceGuess) {
        long begun = nanoClock.getAsLong();
        return outcome(UmeScan.of(target, config), source, begun);
    }

    @Override
    public Prepared prepare(PointCloud target) {
        UmeScan scan = UmeScan.of(target, config);
        scan.prepareTarget();
        return (source, guess) -> outcome(scan, source, nanoClock.getAsLong());
    }

    private PairOutcome outcome(UmeScan target, PointCloud source, long begun) {
        List<PairOutcome.Finalist> finalists = new ArrayList<>();
        UmeResult found =
                registrar.register(
                        target,
                        UmeScan.of(source, config),
                        (pose, e) -> {
                            if (tells) {
                                finalists.add(new PairOutcome.Finalist(pose, e.values()));
                            }
                        });
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
                "azimuth",
                found.evidence().values(),
                finalists);
    }
}
