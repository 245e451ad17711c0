package io.azimuth.connectors.mcap;

import java.util.Map;

/**
 * Where messages lie in a file: in a chunk, or in a run of records outside chunks.
 *
 * @param at where the chunk's record, or the first record of the run, starts
 * @param length of the whole record, or run
 * @param loose whether it is a run
 * @param startNanos lowest log time, unsigned
 * @param endNanos highest
 * @param indexes where the message index of each channel lies; empty if there is none
 */
record ChunkRef(
        long at,
        long length,
        boolean loose,
        long startNanos,
        long endNanos,
        Map<Integer, Long> indexes) {

    long end() {
        return at + length;
    }

    boolean overlaps(long fromNanos, long lastNanos) {
        return Long.compareUnsigned(endNanos, fromNanos) >= 0
                && Long.compareUnsigned(startNanos, lastNanos) <= 0;
    }
}
