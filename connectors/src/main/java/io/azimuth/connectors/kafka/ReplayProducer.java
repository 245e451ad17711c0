package io.azimuth.connectors.kafka;

import io.azimuth.connectors.wire.EventIds;
import io.azimuth.connectors.wire.Origin;
import io.azimuth.connectors.wire.SweepCodec;
import io.azimuth.connectors.wire.SweepHeaders;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends a drive's sweeps to a topic, as recorded or faster. Not thread-safe. */
public final class ReplayProducer implements AutoCloseable {
    private final String topic;
    private final TimeSource time;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicAdmin admin;
    private final SweepCodec codec = new SweepCodec();
    private final PointCloud buffer = new PointCloud();

    /**
     * @param bootstrapServers the broker, {@code host:port}
     */
    public ReplayProducer(String bootstrapServers, String topic, TimeSource time) {
        this.topic = topic;
        this.time = time;
        this.producer = new KafkaProducer<>(KafkaSettings.sweepProducer(bootstrapServers));
        this.admin = new TopicAdmin(bootstrapServers);
    }

    /**
     * Waits before each sweep; a lock-step run blocks here until the results of earlier ones came.
     */
    @FunctionalInterface
    public interface Gate {
        Gate OPEN = next -> {};

        void awaitTurn(SweepSource.Entry next) throws InterruptedException;
    }

    /**
     * Sends all sweeps of {@code source} in order and waits until the broker has them. A sweep that
     * the source cannot read is sent as such, so that it is accounted for. Each is due at its end
     * time, counted from the first one's and divided by the rate, on a clock that never steps.
     *
     * @throws InterruptedException if interrupted; what was sent stays sent
     * @throws IllegalStateException if the broker does not take a record
     */
    public ReplayReport replay(SweepSource source, ReplayOptions options, Gate gate)
            throws InterruptedException {
        Run run = new Run(options, admin.partitions(topic));
        for (int i = 0; i < source.size(); i++) {
            SweepSource.Entry entry = source.entry(i);
            gate.awaitTurn(entry);
            byte[] value = run.encode(source, i, entry);
            run.awaitDue(entry);
            run.send(entry, value);
        }
        producer.flush();
        run.checkTaken();
        return new ReplayReport(
                List.copyOf(run.sent),
                run.unreadable,
                run.bytes,
                admin.endOffsets(topic),
                run.worstLatenessNanos);
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }

    /** One replay on its way. */
    private final class Run {
        private final ReplayOptions options;
        private final int partitions;
        private final List<Origin> sent = new ArrayList<>();
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        private int unreadable;
        private long bytes;
        private long worstLatenessNanos;
        private long firstEndNanos;
        private long firstDueNanos;

        Run(ReplayOptions options, int partitions) {
            this.options = options;
            this.partitions = partitions;
        }

        byte[] encode(SweepSource source, int i, SweepSource.Entry entry) {
            try {
                Sweep sweep = source.read(i, buffer);
                return options.encoding() == null
                        ? codec.encode(sweep, options.zstdLevel())
                        : codec.encode(sweep, options.encoding(), options.zstdLevel());
            } catch (MalformedDataException e) {
                unreadable++;
                String reason = e.getMessage();
                return codec.encodeUnreadable(
                        origin(entry),
                        entry.startNanos(),
                        entry.endNanos(),
                        reason == null ? "unreadable" : reason);
            }
        }

        void awaitDue(SweepSource.Entry entry) throws InterruptedException {
            if (options.rate() == ReplayOptions.MAX_RATE) {
                return;
            }
            if (sent.isEmpty()) {
                firstEndNanos = entry.endNanos();
                firstDueNanos = time.monotonicNanos();
            }
            long due = firstDueNanos + (long) ((entry.endNanos() - firstEndNanos) / options.rate());
            time.sleepUntil(due);
            worstLatenessNanos = Math.max(worstLatenessNanos, time.monotonicNanos() - due);
        }

        void send(SweepSource.Entry entry, byte[] value) {
            checkTaken();
            Origin origin = origin(entry);
            int listed = options.registry().indexOf(entry.sensorId());
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(
                            topic,
                            listed < 0 ? null : listed % partitions,
                            entry.sensorId().getBytes(StandardCharsets.UTF_8),
                            value);
            new SweepHeaders(origin, SweepHeaders.SWEEP_TYPE, entry.endNanos(), time.epochNanos())
                    .write((name, bytes) -> record.headers().add(name, bytes));
            producer.send(
                    record,
                    (metadata, problem) -> {
                        if (problem != null) {
                            failure.compareAndSet(null, problem);
                        }
                    });
            sent.add(origin);
            bytes += value.length;
        }

        void checkTaken() {
            Exception problem = failure.get();
            if (problem != null) {
                throw new IllegalStateException(
                        "topic %s did not take one of the first %d sweeps: %s"
                                .formatted(topic, sent.size(), problem.getMessage()),
                        problem);
            }
        }
    }

    private static Origin origin(SweepSource.Entry e) {
        return new Origin(
                EventIds.sweep(e.driveId(), e.sensorId(), e.seq()),
                e.vehicleId(),
                e.sensorId(),
                e.driveId(),
                e.seq());
    }
}
