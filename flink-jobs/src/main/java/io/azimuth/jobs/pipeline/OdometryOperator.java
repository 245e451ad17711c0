package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.odometry.OdometryEstimate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The station keyed by sensor: sequence, odometry, poses. Its odometries live as objects and are
 * written to keyed state only before a checkpoint: a local map exported at every sweep would cost
 * more than the sweep. A sensor that is silent for an hour of event time is forgotten.
 */
final class OdometryOperator extends AbstractStreamOperator<PlacedSweep>
        implements OneInputStreamOperator<SweepProduct, PlacedSweep>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;
    static final OutputTag<OutRecord> RESULTS =
            new OutputTag<>("odometry-results", OutRecordSerializer.TYPE);

    /** Event time after which a silent sensor or vehicle is forgotten. */
    static final long IDLE_MILLIS = 3_600_000;

    private final ShippedRecord<OdometryConfig> shippedConfig;
    private final ResultRecords results;
    private transient @Nullable Live live;

    OdometryOperator(OdometryConfig config, ResultRecords results) {
        this.shippedConfig = ShippedRecord.of(OdometryConfig.class, config);
        this.results = results;
    }

    /** What exists only between open and close. */
    private record Live(
            OdometryConfig config,
            ValueState<SensorState> stored,
            InternalTimerService<VoidNamespace> timers,
            Map<String, Odometer> odometers,
            Set<String> changed,
            SweepMetrics metrics) {}

    @Override
    public void open() throws Exception {
        super.open();
        live =
                new Live(
                        shippedConfig.open(),
                        getRuntimeContext()
                                .getState(
                                        new ValueStateDescriptor<>(
                                                "sensor", new SensorStateSerializer())),
                        getInternalTimerService("idle", VoidNamespaceSerializer.INSTANCE, this),
                        new HashMap<>(),
                        new HashSet<>(),
                        SweepMetrics.register(getMetricGroup(), "odometry"));
    }

    @Override
    public void processElement(StreamRecord<SweepProduct> element) throws Exception {
        SweepProduct product = element.getValue();
        Odometer odometer = odometer(product.sensorId());
        long before = TimeSource.SYSTEM.monotonicNanos();
        Odometer.Outcome outcome = odometer.take(product);
        float millis = (TimeSource.SYSTEM.monotonicNanos() - before) * 1e-6f;
        live().changed().add(product.sensorId());
        forgetLater(product.tag().endMillis());
        if (outcome instanceof Odometer.Placed placed) {
            place(element, placed, millis);
        } else if (outcome instanceof Odometer.Repeated repeated) {
            fate(product.tag(), repeated.late() ? Contract.Fate.LATE : Contract.Fate.DUPLICATE, "");
        } else if (outcome instanceof Odometer.Failed failed) {
            result(DeadLetters.of(product.tag(), "ODOMETRY_FAILED", failed.fault()));
            fate(product.tag(), Contract.Fate.DEAD, "ODOMETRY_FAILED");
        }
    }

    private void place(StreamRecord<SweepProduct> element, Odometer.Placed placed, float millis) {
        SweepProduct product = element.getValue();
        OdometryEstimate estimate = placed.pose().estimate();
        live().metrics().missing(placed.missingBefore());
        live().metrics().failedSearches(placed.failedSearches());
        live().metrics().stageMillis(millis);
        result(
                results.pose(
                        product.tag(),
                        placed.pose(),
                        product.egoFromSensor(),
                        placed.missingBefore(),
                        millis));
        output.collect(
                element.replace(
                        new PlacedSweep(
                                product.tag(),
                                product.egoFromSensor().toRows(),
                                estimate.odomFromSensor().toRows(),
                                estimate.twist(),
                                estimate.stampNanos(),
                                placed.discontinuity(),
                                millis,
                                product.detections())));
    }

    private Odometer odometer(String sensorId) throws Exception {
        Odometer odometer = live().odometers().get(sensorId);
        if (odometer == null) {
            SensorState stored = live().stored().value();
            odometer = new Odometer(live().config(), stored == null ? SensorState.EMPTY : stored);
            live().odometers().put(sensorId, odometer);
        }
        return odometer;
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        for (String sensorId : live().changed()) { // any order: each has its own entry
            Odometer odometer = live().odometers().get(sensorId);
            if (odometer != null) {
                setCurrentKey(sensorId);
                live().stored().update(odometer.state());
            }
        }
        live().changed().clear();
    }

    private void forgetLater(long endMillis) {
        live().timers().registerEventTimeTimer(VoidNamespace.INSTANCE, idleTimer(endMillis));
    }

    /** One timer an hour, not one a sweep: between one and two hours after it. */
    static long idleTimer(long endMillis) {
        return (Math.floorDiv(endMillis, IDLE_MILLIS) + 2) * IDLE_MILLIS;
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Odometer odometer = odometer(timer.getKey());
        if (odometer.lastEndNanos() / 1_000_000 + IDLE_MILLIS <= timer.getTimestamp()) {
            live().odometers().remove(timer.getKey());
            live().changed().remove(timer.getKey());
            live().stored().clear();
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no timer of wall-clock time is ever set");
    }

    private void result(OutRecord record) {
        output.collect(RESULTS, new StreamRecord<>(record));
    }

    private void fate(SweepTag tag, Contract.Fate fate, String reason) {
        live().metrics().fate(fate);
        result(results.fate(tag.origin(), tag.partition(), fate, reason, tag.ageMillis()));
    }

    private Live live() {
        if (live == null) {
            throw new IllegalStateException("used before open");
        }
        return live;
    }
}
