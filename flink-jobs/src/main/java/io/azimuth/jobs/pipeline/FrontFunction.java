package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Sweep;
import io.azimuth.registration.odometry.OdometryConfig;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The station in the source's chain: detects and reduces; the points of a sweep end here. What is
 * no sweep, or makes an algorithm fail, becomes a dead letter and the stream goes on. Not keyed, no
 * state.
 *
 * <p>One sweep after the other on the task's thread; {@link FrontOperator} has several under way,
 * and this is what its results are compared with.
 */
final class FrontFunction extends ProcessFunction<Intake, SweepProduct> {
    private static final long serialVersionUID = 1L;
    static final OutputTag<OutRecord> RESULTS =
            new OutputTag<>("front-results", OutRecordSerializer.TYPE);

    private final FrontParts parts;
    private transient @Nullable FrontStation station;
    private transient @Nullable FrontReport report;

    FrontFunction(
            DetectorFactory detectorFactory, OdometryConfig odometryConfig, ResultRecords results) {
        this.parts = new FrontParts(detectorFactory, odometryConfig, results);
    }

    @Override
    public void open(OpenContext context) {
        station =
                parts.station(
                        DetectorSite.of(getRuntimeContext(), getRuntimeContext().getMetricGroup()));
        report = parts.report(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Intake intake, Context ctx, Collector<SweepProduct> out) {
        FrontOutcome outcome = FrontStation.withoutLooking(intake);
        Sweep sweep = intake.sweep();
        if (outcome == null && sweep != null) {
            outcome = Objects.requireNonNull(station, "used before open").perceive(intake, sweep);
        }
        Objects.requireNonNull(report, "used before open")
                .send(
                        intake,
                        Objects.requireNonNull(outcome),
                        said -> ctx.output(RESULTS, said),
                        out::collect);
    }

    @Override
    public void close() {
        if (station != null) {
            station.close();
        }
    }
}
