package io.azimuth.connectors.kafka;

import io.azimuth.connectors.wire.Origin;
import java.util.List;
import java.util.SortedMap;

/**
 * What a replay sent.
 *
 * @param sent every record in the order of sending; the producer's own log, against which fates are
 *     counted
 * @param unreadable how many of them say that their source could not be read
 * @param bytes sum of the record values
 * @param endOffsets for every partition of the topic the offset after its last record; where a
 *     bounded reader stops
 * @param worstLatenessNanos how far the sender itself fell behind its schedule; 0 at maximum rate
 */
public record ReplayReport(
        List<Origin> sent,
        int unreadable,
        long bytes,
        SortedMap<Integer, Long> endOffsets,
        long worstLatenessNanos) {}
