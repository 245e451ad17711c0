package io.azimuth.connectors.packets;

import io.azimuth.connectors.packets.CaptureReader.Place;

/**
 * Where the packets of a sweep lie and when it was measured.
 *
 * @param first record of its first packet
 * @param lastOffset record of its last packet
 * @param seq the sensor's count from 0
 * @param startNanos of the first column
 * @param endNanos of the last column's end
 * @param clockShiftNanos what was added to the sensor's clock because it had stepped back
 * @param columns that were measured
 * @param tag what tells its packets from others in between
 */
record SweepPlace(
        Place first,
        long lastOffset,
        long seq,
        long startNanos,
        long endNanos,
        long clockShiftNanos,
        int columns,
        long tag) {}
