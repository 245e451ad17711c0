package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Sweep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * As {@link FrontFunction}, with several sweeps under way: each runs on a lane of its own, and
 * their rows meet those of other tasks where the engine makes batches. Results leave in the order
 * of arrival, and watermarks wait their turn among them. A full ring lets the source wait.
 *
 * <p>Before a checkpoint and at the end the ring is emptied: the barrier finds no sweep under way,
 * so its state are the clocks of its partitions alone, and no raw sweep is ever in a checkpoint.
 */
final class FrontOperator extends AbstractStreamOperator<SweepProduct>
        implements OneInputStreamOperator<Intake, SweepProduct> {
    private static final long serialVersionUID = 1L;

    private final transient FrontParts parts;
    private final transient MailboxExecutor mailbox;
    private final int ring;
    private final transient Deque<Entry> entries = new ArrayDeque<>();
    private transient @Nullable FrontLanes lanes;
    private transient @Nullable FrontReport report;
    private transient @Nullable PartitionClocks clocks;
    private transient @Nullable ListState<byte[]> storedClocks;
    private volatile int underWay;

    /** What waits for its turn to leave. */
    private sealed interface Entry {
        /** A record whose outcome was known at once, or comes from its lane. */
        record OfRecord(
                Intake intake,
                boolean timed,
                long timestamp,
                @Nullable FrontOutcome known,
                @Nullable FrontLane lane)
                implements Entry {}

        /** Event time that no result before it may be overtaken by. */
        record OfWatermark(Watermark mark) implements Entry {}

        /** Idle or active again. */
        record OfStatus(WatermarkStatus status) implements Entry {}
    }

    /**
     * @param ring records under way at most, from 1
     */
    FrontOperator(StreamOperatorParameters<SweepProduct> parameters, FrontParts parts, int ring) {
        super(parameters);
        this.parts = parts;
        this.ring = ring;
        this.mailbox = parameters.getMailboxExecutor();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        clocks = parts.clocks();
        storedClocks = PartitionClocks.stored(context.getOperatorStateStore());
        clocks.restore(storedClocks.get());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Objects.requireNonNull(storedClocks, "used before its state").update(clocks().saved());
    }

    private PartitionClocks clocks() {
        return Objects.requireNonNull(clocks, "used before its state");
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup metrics = getMetricGroup();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        FrontLanes opened = new FrontLanes(ring, subtask, getUserCodeClassloader());
        lanes = opened; // before its stations: those that were opened are closed if one fails
        DetectorSite site = DetectorSite.of(getRuntimeContext(), new SharedMetrics(metrics));
        for (int i = 0; i < ring; i++) {
            opened.add(new FrontLane(parts.station(site), this::tellDone));
        }
        report = parts.report(metrics);
        MetricGroup group = metrics.addGroup("azimuth").addGroup("ring");
        group.gauge("sweeps", (Gauge<Integer>) () -> underWay);
        group.gauge("capacity", (Gauge<Integer>) () -> ring);
    }

    /** On a lane's thread. */
    private void tellDone() {
        try {
            mailbox.execute(this::sendDone, "front: a sweep is done");
        } catch (RejectedExecutionException e) {
            LOG.debug("a sweep ended after its task");
        }
    }

    @Override
    public void processElement(StreamRecord<Intake> element) throws Exception {
        while (underWay == ring) {
            mailbox.yield(); // lanes that are done make room by mail
        }
        Intake intake = clocks().judged(element.getValue());
        Sweep sweep = intake.sweep();
        FrontOutcome known = FrontStation.withoutLooking(intake);
        FrontLane lane = null;
        if (known == null) {
            lane = lanes().take();
            lane.load(intake, Objects.requireNonNull(sweep));
        }
        entries.add(
                new Entry.OfRecord(
                        intake, element.hasTimestamp(), element.getTimestamp(), known, lane));
        underWay++;
        if (lane != null) {
            lanes().start(lane);
        }
        sendDone();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        entries.add(new Entry.OfWatermark(mark));
        sendDone();
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        entries.add(new Entry.OfStatus(status));
        sendDone();
    }

    /** Sends all that is done and has nothing before it that is not. */
    private void sendDone() throws Exception {
        for (Entry head = entries.peek(); head != null && isDone(head); head = entries.peek()) {
            entries.remove();
            if (head instanceof Entry.OfRecord record) {
                underWay--;
                send(record);
            } else if (head instanceof Entry.OfWatermark watermark) {
                super.processWatermark(watermark.mark());
            } else if (head instanceof Entry.OfStatus status) {
                super.processWatermarkStatus(status.status());
            }
        }
    }

    private static boolean isDone(Entry entry) {
        return !(entry instanceof Entry.OfRecord record)
                || record.lane() == null
                || record.lane().isDone();
    }

    private void send(Entry.OfRecord record) throws Exception {
        FrontOutcome outcome = record.known();
        FrontLane lane = record.lane();
        if (lane != null) {
            outcome = lane.unload();
            lanes().give(lane);
        }
        Objects.requireNonNull(report)
                .send(
                        record.intake(),
                        Objects.requireNonNull(outcome),
                        said -> output.collect(FrontFunction.RESULTS, stamped(record, said)),
                        product -> output.collect(stamped(record, product)));
    }

    private static <T> StreamRecord<T> stamped(Entry.OfRecord of, T value) {
        return of.timed() ? new StreamRecord<>(value, of.timestamp()) : new StreamRecord<>(value);
    }

    private void drain() throws Exception {
        for (sendDone(); underWay > 0; sendDone()) {
            mailbox.yield();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        drain();
    }

    @Override
    public void finish() throws Exception {
        drain();
        super.finish();
    }

    @Override
    public void close() throws Exception {
        try {
            if (lanes != null) {
                lanes.close();
            }
        } finally {
            super.close();
        }
    }

    private FrontLanes lanes() {
        return Objects.requireNonNull(lanes, "used before open");
    }
}
