package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.connectors.wire.Origin;

/**
 * What every station needs to know of a sweep besides its content.
 *
 * @param origin the sweep, under its own event id
 * @param partition of the sweeps topic; results keyed by sensor go to the same one
 * @param offset in that partition
 * @param sentNanos when the producer sent it; carried to the results' headers
 * @param behind it ended before its partition's event time when it came, so it cannot be tracked
 * @param decodeMillis measured; for headers and metrics only
 * @param detectMillis measured; for headers and metrics only
 */
record SweepTag(
        Origin origin,
        long startNanos,
        long endNanos,
        int partition,
        long offset,
        long sentNanos,
        boolean behind,
        float decodeMillis,
        float detectMillis) {

    /** Flink's event time of the sweep's end. */
    long endMillis() {
        return Math.floorDiv(endNanos, 1_000_000L);
    }

    /** Wall clock minus the sweep's end; for fates, left out of comparisons. */
    long ageMillis() {
        return TimeSource.SYSTEM.epochNanos() / 1_000_000 - endMillis();
    }
}
