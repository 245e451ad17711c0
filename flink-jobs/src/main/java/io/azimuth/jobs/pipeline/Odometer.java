package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.wire.Origin;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.recovery.JudgedPose;
import io.azimuth.registration.recovery.RecoveringOdometry;

/**
 * One sensor's sequence and odometry: tells new sweeps from duplicate and late ones and starts a
 * new segment where the stream breaks. Knows no Flink type. Not thread-safe.
 */
final class Odometer {
    /** A longer silence starts a new segment. */
    static final long MAX_GAP_NANOS = 5_000_000_000L;

    private final OdometryConfig config;
    private SensorState state;
    private RecoveringOdometry odometry;

    /** Goes on where {@code state} stood. */
    Odometer(OdometryConfig config, SensorState state) {
        this.config = config;
        this.state = state;
        this.odometry = RecoveringOdometry.resume(config, state.odometry());
    }

    /** What came of a sweep. */
    sealed interface Outcome permits Placed, Repeated, Failed {}

    /**
     * @param missingBefore sweeps missing between the one before and this one
     * @param discontinuity a new odometry frame starts here, or the pose leaps within the frame:
     *     tracks made before it mean nothing
     * @param failedSearches searches for a passed place that ended with an exception
     */
    record Placed(JudgedPose pose, long missingBefore, boolean discontinuity, long failedSearches)
            implements Outcome {}

    /** {@code late}: never seen, but after a later one; else a duplicate. */
    record Repeated(boolean late) implements Outcome {}

    /** The odometry threw; the next sweep starts a new segment. */
    record Failed(RuntimeException fault) implements Outcome {}

    Outcome take(SweepProduct product) {
        Origin origin = product.tag().origin();
        SequenceLog log = state.logOf(origin.driveId());
        if (log != null) {
            SequenceLog.Verdict verdict = log.verdict(origin.seq());
            if (verdict != SequenceLog.Verdict.NEXT) {
                state = state.withLogInPlace(origin.driveId(), log.with(origin.seq()));
                return new Repeated(verdict == SequenceLog.Verdict.LATE);
            }
        }
        boolean segment = breaksAt(product);
        long missing = log == null ? 0 : log.missingBefore(origin.seq());
        SequenceLog next =
                log == null ? SequenceLog.startingWith(origin.seq()) : log.with(origin.seq());
        state = state.withLog(origin.driveId(), next).withLastEnd(product.tag().endNanos());
        return register(product, segment, missing);
    }

    private boolean breaksAt(SweepProduct product) {
        long end = product.tag().endNanos();
        return !state.isCurrent(product.tag().origin().driveId())
                || end <= state.lastEndNanos()
                || end - state.lastEndNanos() > MAX_GAP_NANOS;
    }

    private Outcome register(SweepProduct product, boolean segment, long missing) {
        try {
            if (segment) {
                odometry = new RecoveringOdometry(config);
            }
            long failedBefore = odometry.failedSearches();
            JudgedPose pose = odometry.update(product.reduced());
            return new Placed(
                    pose,
                    missing,
                    segment || pose.breaksTracks(),
                    odometry.failedSearches() - failedBefore);
        } catch (RuntimeException e) {
            odometry = new RecoveringOdometry(config);
            return new Failed(e);
        }
    }

    long lastEndNanos() {
        return state.lastEndNanos();
    }

    SensorState state() {
        state = state.withOdometry(odometry.state());
        return state;
    }
}
