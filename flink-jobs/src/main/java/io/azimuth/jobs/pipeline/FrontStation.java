package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.geometry.objects.ReturnsSampler;
import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.registration.odometry.ReducedSweep;
import io.azimuth.registration.odometry.SweepReducer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the front does with one sweep: detects, reduces, makes the record of the detections. A pure
 * function of the sweep, so it does not matter which station of a task takes it. Not thread-safe.
 */
final class FrontStation implements AutoCloseable {
    private final Detector detector;
    private final @Nullable ReturnsSampler returns;
    private final SweepReducer reducer;
    private final ResultRecords results;

    /**
     * Takes the detector over and closes it.
     *
     * @param returns gives detections points for the tracker; null: it does without
     */
    FrontStation(
            Detector detector,
            @Nullable ReturnsSampler returns,
            SweepReducer reducer,
            ResultRecords results) {
        this.returns = returns;
        this.detector = detector;
        this.reducer = reducer;
        this.results = results;
    }

    /** What can be said without looking at points; null if they have to be looked at. */
    static @Nullable FrontOutcome withoutLooking(Intake intake) {
        Sweep sweep = intake.sweep();
        if (intake.shed()) {
            return new FrontOutcome.Shed();
        }
        if (sweep == null) {
            return new FrontOutcome.Dead(String.valueOf(intake.faultCode()), null);
        }
        return sweep.sector().isWhole() ? null : new FrontOutcome.Dead("SECTOR_UNSUPPORTED", null);
    }

    /**
     * Looks at a sweep.
     *
     * @param intake one of which {@link #withoutLooking} said nothing
     * @throws InferenceFailed if the engine is lost: no sweep is at fault then, and none may be
     *     given up for it
     * @throws BackendUnavailable as the one before
     */
    FrontOutcome perceive(Intake intake, Sweep sweep) {
        long before = TimeSource.SYSTEM.monotonicNanos();
        List<Detection> detections;
        try {
            detections = detector.detect(sweep);
            if (returns != null) {
                detections = returns.attach(sweep.points(), detections);
            }
        } catch (RuntimeException e) {
            if (isLossOfEngine(e)) {
                throw e;
            }
            return new FrontOutcome.Dead("DETECTOR_FAILED", e);
        }
        float detectMillis = (TimeSource.SYSTEM.monotonicNanos() - before) * 1e-6f;
        ReducedSweep reduced;
        try {
            reduced = reducer.reduce(sweep);
        } catch (RuntimeException e) {
            return new FrontOutcome.Dead("REDUCER_FAILED", e);
        }
        SweepTag tag =
                new SweepTag(
                        intake.origin(),
                        sweep.startNanos(),
                        sweep.endNanos(),
                        intake.record().partition(),
                        intake.record().offset(),
                        intake.sentNanos(),
                        intake.behind(),
                        intake.decodeMillis(),
                        detectMillis);
        return new FrontOutcome.Seen(
                new SweepProduct(tag, sweep.egoFromSensor(), reduced, detections),
                results.detections(tag, detections),
                detections.size());
    }

    private static boolean isLossOfEngine(RuntimeException e) {
        return e instanceof BackendUnavailable
                || (e instanceof InferenceFailed failed && failed.isEngineLost());
    }

    @Override
    public void close() {
        detector.close();
    }
}
