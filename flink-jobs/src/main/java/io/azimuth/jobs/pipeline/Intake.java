package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.wire.Origin;
import io.azimuth.perception.geometry.Sweep;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the sweeps topic after decoding. Lives only inside the source's chain: its points are
 * the decoder's buffer, valid until the next record, and it is never serialized.
 *
 * @param record as it came
 * @param origin which sweep it is, as far as that can be told
 * @param sweep null if the record is dead or shed
 * @param faultCode why it is dead, or null
 * @param shed left out undecoded because it came too old
 * @param behind see {@link SweepTag#behind()}; false until {@link PartitionClocks#judged} has said
 * @param watermarkMillis event time of the partition after this record; {@code Long.MIN_VALUE}
 *     while there is none
 */
record Intake(
        ConsumerRecord<byte[], byte[]> record,
        Origin origin,
        @Nullable Sweep sweep,
        @Nullable String faultCode,
        String faultMessage,
        boolean shed,
        boolean behind,
        long watermarkMillis,
        long sentNanos,
        float decodeMillis) {
    Intake withBehind(boolean isBehind) {
        return isBehind == behind
                ? this
                : new Intake(
                        record,
                        origin,
                        sweep,
                        faultCode,
                        faultMessage,
                        shed,
                        isBehind,
                        watermarkMillis,
                        sentNanos,
                        decodeMillis);
    }
}
