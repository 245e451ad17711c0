package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.wire.MalformedSweepException;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.odometry.ReducedSweep;
import io.azimuth.registration.odometry.SweepReducer;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The station in the source's chain: detects and reduces; the points of a sweep end here. What is
 * no sweep, or makes an algorithm fail, becomes a dead letter and the stream goes on. Not keyed, no
 * state.
 */
final class FrontFunction extends ProcessFunction<Intake, SweepProduct> {
    private static final long serialVersionUID = 1L;
    static final OutputTag<OutRecord> RESULTS =
            new OutputTag<>("front-results", OutRecordSerializer.TYPE);

    private final DetectorFactory detectorFactory;
    private final ShippedRecord<OdometryConfig> odometryConfig;
    private final ResultRecords results;
    private transient @Nullable Detector detector;
    private transient @Nullable SweepReducer reducer;
    private transient @Nullable SweepMetrics metrics;

    FrontFunction(
            DetectorFactory detectorFactory, OdometryConfig odometryConfig, ResultRecords results) {
        this.detectorFactory = detectorFactory;
        this.odometryConfig = ShippedRecord.of(OdometryConfig.class, odometryConfig);
        this.results = results;
    }

    @Override
    public void open(OpenContext context) {
        detector = detectorFactory.open(getRuntimeContext().getMetricGroup());
        reducer = new SweepReducer(odometryConfig.open());
        metrics = SweepMetrics.register(getRuntimeContext().getMetricGroup(), "detect");
    }

    @Override
    public void processElement(Intake intake, Context ctx, Collector<SweepProduct> out) {
        Sweep sweep = intake.sweep();
        if (intake.shed()) {
            fate(intake, Contract.Fate.SHED, "", ctx);
        } else if (sweep == null) {
            dead(intake, String.valueOf(intake.faultCode()), null, ctx);
        } else if (!sweep.sector().isWhole()) {
            dead(intake, "SECTOR_UNSUPPORTED", null, ctx);
        } else {
            perceive(intake, sweep, ctx, out);
        }
    }

    private void perceive(Intake intake, Sweep sweep, Context ctx, Collector<SweepProduct> out) {
        long before = TimeSource.SYSTEM.monotonicNanos();
        List<Detection> detections;
        try {
            detections = required(detector).detect(sweep);
        } catch (RuntimeException e) {
            dead(intake, "DETECTOR_FAILED", e, ctx);
            return;
        }
        float detectMillis = (TimeSource.SYSTEM.monotonicNanos() - before) * 1e-6f;
        ReducedSweep reduced;
        try {
            reduced = required(reducer).reduce(sweep);
        } catch (RuntimeException e) {
            dead(intake, "REDUCER_FAILED", e, ctx);
            return;
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
        required(metrics).detections(detections.size());
        required(metrics).stageMillis(detectMillis);
        ctx.output(RESULTS, results.detections(tag, detections));
        out.collect(new SweepProduct(tag, sweep.egoFromSensor(), reduced, detections));
    }

    private void dead(Intake intake, String code, @Nullable RuntimeException fault, Context ctx) {
        String className =
                (fault == null ? MalformedSweepException.class : fault.getClass()).getName();
        String message = fault == null ? intake.faultMessage() : String.valueOf(fault.getMessage());
        ctx.output(RESULTS, DeadLetters.of(intake.record(), code, className, message));
        fate(intake, Contract.Fate.DEAD, code, ctx);
    }

    private void fate(Intake intake, Contract.Fate fate, String reason, Context ctx) {
        required(metrics).fate(fate);
        long ageMillis = TimeSource.SYSTEM.epochNanos() / 1_000_000 - intake.record().timestamp();
        ctx.output(
                RESULTS,
                results.fate(
                        intake.origin(), intake.record().partition(), fate, reason, ageMillis));
    }

    @Override
    public void close() {
        if (detector != null) {
            detector.close();
        }
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("used before open");
        }
        return value;
    }
}
