package io.azimuth.connectors.kafka;

import io.azimuth.connectors.wire.SweepHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came from a topic.
 *
 * @param timestampMillis when the broker took it
 * @param key the UTF-8 text, empty if there is none
 * @param value owned by the receiver; empty if there is none
 */
public record TopicRecord(
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        String key,
        byte[] value,
        Headers headers) {

    /** The headers of the contract, or null if they are absent or malformed. */
    public @Nullable SweepHeaders sweepHeaders() {
        return sweepHeaders(headers);
    }

    /** The headers of the contract in those of any record, or null if absent or malformed. */
    public static @Nullable SweepHeaders sweepHeaders(Headers headers) {
        return SweepHeaders.read(
                name -> {
                    Header header = headers.lastHeader(name);
                    return header == null ? null : header.value();
                });
    }
}
