package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.kafka.TopicRecord;
import io.azimuth.connectors.wire.EventIds;
import io.azimuth.connectors.wire.MalformedSweepException;
import io.azimuth.connectors.wire.Origin;
import io.azimuth.connectors.wire.SweepCodec;
import io.azimuth.connectors.wire.SweepHeaders;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of the sweeps topic into sweeps, or says why one is none; never throws over what a
 * record holds. Keeps the event time of the partitions, which only whole, valid sweeps move. The
 * points of a sweep are valid until the next call. Not thread-safe.
 */
final class SweepIntake {
    private final SweepCodec codec = new SweepCodec();
    private final PointCloud points = new PointCloud();
    private final Map<Integer, PartitionClock> clocks = new HashMap<>();
    private final long watermarkBoundMillis;
    private final @Nullable ShedGate gate;
    private final TimeSource time;

    SweepIntake(
            long watermarkBoundMillis,
            PipelineConfig.@Nullable Shedding shedding,
            TimeSource time) {
        this.watermarkBoundMillis = watermarkBoundMillis;
        this.gate = shedding == null ? null : new ShedGate(shedding);
        this.time = time;
    }

    Intake take(ConsumerRecord<byte[], byte[]> record) {
        PartitionClock clock =
                clocks.computeIfAbsent(
                        record.partition(), p -> new PartitionClock(watermarkBoundMillis));
        SweepHeaders headers = TopicRecord.sweepHeaders(record.headers());
        if (headers != null && isShed(headers)) {
            return new Intake(
                    record,
                    headers.origin(),
                    null,
                    null,
                    "",
                    true,
                    false,
                    clock.watermarkMillis(),
                    headers.sentNanos(),
                    0);
        }
        return decode(record, headers, clock);
    }

    private boolean isShed(SweepHeaders headers) {
        return gate != null
                && gate.sheds(
                        headers.origin().sensorId(),
                        headers.endNanos() / 1_000_000,
                        time.epochNanos() / 1_000_000);
    }

    private Intake decode(
            ConsumerRecord<byte[], byte[]> record,
            @Nullable SweepHeaders headers,
            PartitionClock clock) {
        long sentNanos = headers == null ? 0 : headers.sentNanos();
        long before = time.monotonicNanos();
        try {
            Sweep sweep =
                    codec.decode(record.value() == null ? new byte[0] : record.value(), points);
            float millis = (time.monotonicNanos() - before) * 1e-6f;
            clock.observe(sweep.sensorId(), sweep.endNanos());
            Origin origin =
                    Origin.of(
                            EventIds.sweep(sweep.driveId(), sweep.sensorId(), sweep.seq()), sweep);
            return new Intake(
                    record,
                    origin,
                    sweep,
                    null,
                    "",
                    false,
                    false, // the front says, by clocks that survive a restart
                    clock.watermarkMillis(),
                    sentNanos,
                    millis);
        } catch (MalformedSweepException e) {
            return new Intake(
                    record,
                    originOf(record, headers, e.origin()),
                    null,
                    e.fault().name(),
                    String.valueOf(e.getMessage()),
                    false,
                    false,
                    clock.watermarkMillis(),
                    sentNanos,
                    0);
        }
    }

    /** Headers first: whoever wrote them knew which sweep it was, whatever became of the body. */
    private static Origin originOf(
            ConsumerRecord<byte[], byte[]> record,
            @Nullable SweepHeaders headers,
            @Nullable Origin body) {
        if (headers != null) {
            return headers.origin();
        }
        if (body != null) {
            return body.withEventId(EventIds.sweep(body.driveId(), body.sensorId(), body.seq()));
        }
        String sensor =
                record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        String place = record.topic() + "/" + record.partition();
        return new Origin(
                EventIds.of(place, sensor, record.offset(), "record", "", ""), "", sensor, "", 0);
    }
}
