package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.wire.MalformedSweepException;
import io.azimuth.connectors.wire.proto.Contract;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns outcomes into the records that leave the front, and counts them: what the front does on its
 * task's thread, in the order of the stream. Not thread-safe.
 */
final class FrontReport {
    private final ResultRecords results;
    private final SweepMetrics metrics;

    FrontReport(ResultRecords results, SweepMetrics metrics) {
        this.results = results;
        this.metrics = metrics;
    }

    /** Sends what is to be said of a record; a sweep that was seen goes on. */
    void send(
            Intake intake,
            FrontOutcome outcome,
            Consumer<OutRecord> said,
            Consumer<SweepProduct> onward) {
        if (outcome instanceof FrontOutcome.Seen seen) {
            metrics.detections(seen.count());
            metrics.stageMillis(seen.product().tag().detectMillis());
            said.accept(seen.detections());
            onward.accept(seen.product());
        } else if (outcome instanceof FrontOutcome.Dead dead) {
            said.accept(letter(intake, dead.code(), dead.fault()));
            said.accept(fate(intake, Contract.Fate.DEAD, dead.code()));
        } else {
            said.accept(fate(intake, Contract.Fate.SHED, ""));
        }
    }

    private static OutRecord letter(Intake intake, String code, @Nullable RuntimeException fault) {
        String className =
                (fault == null ? MalformedSweepException.class : fault.getClass()).getName();
        String message = fault == null ? intake.faultMessage() : String.valueOf(fault.getMessage());
        return DeadLetters.of(intake.record(), code, className, message);
    }

    private OutRecord fate(Intake intake, Contract.Fate fate, String reason) {
        metrics.fate(fate);
        long ageMillis = TimeSource.SYSTEM.epochNanos() / 1_000_000 - intake.record().timestamp();
        return results.fate(intake.origin(), intake.record().partition(), fate, reason, ageMillis);
    }
}
