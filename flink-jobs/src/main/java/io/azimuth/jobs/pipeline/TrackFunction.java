package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.tracking.TrackerConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The station keyed by vehicle: puts the sweeps of all its sensors into event-time order, whatever
 * the order of their arrival, and tracks. A sweep waits until the watermark says that none before
 * it can come; the order among those released is (end, sensor, seq).
 */
final class TrackFunction extends KeyedProcessFunction<String, PlacedSweep, OutRecord> {
    private static final long serialVersionUID = 1L;

    /** Event time within which the primary sensor is chosen: every sensor has spoken by then. */
    static final long PRIMARY_WINDOW_MILLIS = 1000;

    private final ShippedRecord<TrackerConfig> shippedConfig;
    private final TreeMap<String, String> primarySensors;
    private final ResultRecords results;
    private transient @Nullable Live live;

    TrackFunction(
            TrackerConfig config, SortedMap<String, String> primarySensors, ResultRecords results) {
        this.shippedConfig = ShippedRecord.of(TrackerConfig.class, config);
        this.primarySensors = new TreeMap<>(primarySensors);
        this.results = results;
    }

    /**
     * What exists only between open and close.
     *
     * @param buffer sweeps that wait, by the event time of their end
     * @param trackers by vehicle; their state is stored after every sweep
     */
    private record Live(
            TrackerConfig config,
            MapState<Long, List<PlacedSweep>> buffer,
            ValueState<VehicleState> stored,
            Map<String, VehicleTracker> trackers,
            SweepMetrics metrics) {}

    @Override
    public void open(OpenContext context) {
        live =
                new Live(
                        shippedConfig.open(),
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                "waiting",
                                                LongSerializer.INSTANCE,
                                                new ListSerializer<>(new PlacedSweepSerializer()))),
                        getRuntimeContext()
                                .getState(
                                        new ValueStateDescriptor<>(
                                                "vehicle", new VehicleStateSerializer())),
                        new HashMap<>(),
                        SweepMetrics.register(getRuntimeContext().getMetricGroup(), "track"));
    }

    @Override
    public void processElement(PlacedSweep sweep, Context ctx, Collector<OutRecord> out)
            throws Exception {
        long end = sweep.tag().endMillis();
        if (sweep.tag().behind() || end <= ctx.timerService().currentWatermark()) {
            fate(sweep.tag(), Contract.Fate.LATE, "", out);
            return;
        }
        List<PlacedSweep> waiting = live().buffer().get(end);
        List<PlacedSweep> grown = new ArrayList<>(waiting == null ? List.of() : waiting);
        grown.add(sweep);
        live().buffer().put(end, List.copyOf(grown)); // values in state are never changed
        ctx.timerService().registerEventTimeTimer(OdometryOperator.idleTimer(end));
        boolean decided = tracker(ctx.getCurrentKey()).hasPrimary();
        ctx.timerService().registerEventTimeTimer(decided ? end : end + PRIMARY_WINDOW_MILLIS);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<OutRecord> out)
            throws Exception {
        VehicleTracker tracker = tracker(ctx.getCurrentKey());
        if (tracker.hasPrimary()) {
            release(timestamp, tracker, out);
        } else {
            choosePrimary(timestamp, tracker, ctx, out);
        }
        if (live().buffer().isEmpty() && tracker.isIdleAt(timestamp)) {
            live().trackers().remove(ctx.getCurrentKey());
            live().stored().clear();
        }
    }

    /** At the first timer all sweeps up to {@code timestamp} are here, on any run. */
    private void choosePrimary(
            long timestamp, VehicleTracker tracker, OnTimerContext ctx, Collector<OutRecord> out)
            throws Exception {
        List<Long> due = new ArrayList<>();
        String lowest = null;
        for (Map.Entry<Long, List<PlacedSweep>> entry : live().buffer().entries()) {
            if (entry.getKey() > timestamp) {
                ctx.timerService().registerEventTimeTimer(entry.getKey());
                continue;
            }
            due.add(entry.getKey());
            for (PlacedSweep s : entry.getValue()) {
                lowest =
                        lowest == null || s.sensorId().compareTo(lowest) < 0
                                ? s.sensorId()
                                : lowest;
            }
        }
        if (lowest == null) {
            return; // the timer of a vehicle that was forgotten
        }
        tracker.choosePrimary(lowest);
        due.sort(null);
        for (long end : due) {
            release(end, tracker, out);
        }
    }

    private void release(long end, VehicleTracker tracker, Collector<OutRecord> out)
            throws Exception {
        List<PlacedSweep> waiting = live().buffer().get(end);
        if (waiting == null) {
            return;
        }
        List<PlacedSweep> ordered = new ArrayList<>(waiting);
        ordered.sort(PlacedSweep.EVENT_ORDER);
        for (PlacedSweep sweep : ordered) {
            track(sweep, tracker, out);
        }
        live().buffer().remove(end);
        live().stored().update(tracker.state());
    }

    private void track(PlacedSweep sweep, VehicleTracker tracker, Collector<OutRecord> out) {
        long before = TimeSource.SYSTEM.monotonicNanos();
        VehicleTracker.Outcome outcome = tracker.take(sweep);
        float millis = (TimeSource.SYSTEM.monotonicNanos() - before) * 1e-6f;
        if (outcome instanceof VehicleTracker.Tracked tracked) {
            live().metrics().stageMillis(millis);
            out.collect(results.tracks(sweep, tracked.stampNanos(), tracked.tracks(), millis));
            fate(sweep.tag(), Contract.Fate.PUBLISHED, "", out);
        } else if (outcome instanceof VehicleTracker.Unplaced) {
            fate(sweep.tag(), Contract.Fate.PUBLISHED, "UNTRACKED", out);
        } else if (outcome instanceof VehicleTracker.Failed failed) {
            out.collect(DeadLetters.of(sweep.tag(), "TRACKER_FAILED", failed.fault()));
            fate(sweep.tag(), Contract.Fate.DEAD, "TRACKER_FAILED", out);
        }
    }

    private VehicleTracker tracker(String vehicleId) throws Exception {
        VehicleTracker tracker = live().trackers().get(vehicleId);
        if (tracker == null) {
            VehicleState stored = live().stored().value();
            tracker =
                    new VehicleTracker(
                            live().config(), stored == null ? VehicleState.EMPTY : stored);
            String primary = primarySensors.get(vehicleId);
            if (primary != null && !tracker.hasPrimary()) {
                tracker.choosePrimary(primary);
            }
            live().trackers().put(vehicleId, tracker);
        }
        return tracker;
    }

    private void fate(SweepTag tag, Contract.Fate fate, String reason, Collector<OutRecord> out) {
        live().metrics().fate(fate);
        out.collect(results.fate(tag.origin(), tag.partition(), fate, reason, tag.ageMillis()));
    }

    private Live live() {
        if (live == null) {
            throw new IllegalStateException("used before open");
        }
        return live;
    }
}
