package io.azimuth.connectors.packets;

import java.util.Arrays;

/**
 * The pixels of one rotation as they came: staggered, column-major ({@code column * beams + beam}).
 * Columns that are lost or were not measured are absent. Reused from sweep to sweep.
 */
final class OusterImage {
    private final OusterMetadata metadata;
    final boolean[] present;
    final long[] stampNanos;
    final int[] rangeMm;
    final byte[] reflectivity;

    OusterImage(OusterMetadata metadata) {
        this.metadata = metadata;
        int columns = metadata.columns();
        present = new boolean[columns];
        stampNanos = new long[columns];
        rangeMm = new int[columns * metadata.beams()];
        reflectivity = new byte[columns * metadata.beams()];
    }

    void clear() {
        Arrays.fill(present, false);
    }

    /** Takes the columns of a packet. */
    void add(byte[] b, int packet) {
        OusterProfile profile = metadata.profile();
        int beams = metadata.beams();
        int columnBytes = profile.columnBytes(beams);
        for (int c = 0; c < metadata.columnsPerPacket(); c++) {
            int at = packet + profile.packetHeader + c * columnBytes;
            int column = column(metadata, b, at);
            if (column < 0) {
                continue;
            }
            present[column] = true;
            stampNanos[column] = OusterProfile.timestampNanos(b, at);
            int pixel = at + profile.columnHeader;
            int to = column * beams;
            for (int u = 0; u < beams; u++, pixel += profile.pixelBytes) {
                rangeMm[to + u] = profile.rangeMm(b, pixel);
                reflectivity[to + u] = (byte) profile.reflectivity(b, pixel);
            }
        }
    }

    /** Number of a measured column; -1 if it was not measured or cannot be. */
    static int column(OusterMetadata metadata, byte[] b, int at) {
        int column = OusterProfile.measurementId(b, at);
        boolean measured = (metadata.profile().status(b, at, metadata.beams()) & 1) != 0;
        long stamp = OusterProfile.timestampNanos(b, at);
        boolean sane = column < metadata.columns() && stamp >= 0 && stamp < 1L << 62;
        return measured && sane ? column : -1;
    }
}
