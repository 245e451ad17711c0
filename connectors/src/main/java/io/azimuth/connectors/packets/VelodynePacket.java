package io.azimuth.connectors.packets;

/**
 * Layout of Velodyne's data packets: 12 blocks of a flag, an azimuth and 32 returns, then the time
 * and two bytes for return mode and product. Source: VLP-16 user manual, 63-9243, chapter 9.
 */
final class VelodynePacket {
    static final int BYTES = 1206;
    static final int BLOCKS = 12;
    static final int BLOCK_BYTES = 100;
    static final int RETURNS_PER_BLOCK = 32;
    static final int RETURN_BYTES = 3;

    /** Hundredths of a degree in a rotation. */
    static final int TURN = 36_000;

    static final long HOUR_NANOS = 3_600_000_000_000L;

    private static final int FLAG = 0xeeff;
    private static final int LOWER_FLAG = 0xddff; // the lower half of an HDL-64
    private static final int DUAL = 0x39;
    private static final int FASTEST_BLOCK_GAP = 200;

    private VelodynePacket() {}

    static boolean looksLike(byte[] b, int packet, int length) {
        return length == BYTES && CaptureReader.int16(b, packet, false) == FLAG;
    }

    /** Whether the packet comes from an HDL-64, which says nothing of itself. */
    static boolean isHdl64(byte[] b, int packet) {
        return CaptureReader.int16(b, packet + BLOCK_BYTES, false) == LOWER_FLAG;
    }

    /** Hundredths of a degree, clockwise from ahead; -1 if the block is damaged. */
    static int azimuth(byte[] b, int packet, int block) {
        int at = packet + block * BLOCK_BYTES;
        int azimuth = CaptureReader.int16(b, at + 2, false);
        return CaptureReader.int16(b, at, false) == FLAG && azimuth < TURN ? azimuth : -1;
    }

    /** Microseconds since the top of the hour, of the packet's first laser. */
    static long microsOfHour(byte[] b, int packet) {
        return CaptureReader.uint32(b, packet + 1200, false);
    }

    static boolean isDual(byte[] b, int packet) {
        return (b[packet + 1204] & 0xff) == DUAL;
    }

    static int product(byte[] b, int packet) {
        return b[packet + 1205] & 0xff;
    }

    /** Azimuth that passes until the next firing block; -1 where that is not known. */
    static int gap(byte[] b, int packet, int block, int step) {
        int from = block + step < BLOCKS ? block : block - step;
        int here = azimuth(b, packet, from);
        int next = azimuth(b, packet, from + step);
        int gap = (next - here + TURN) % TURN;
        return here < 0 || next < 0 || gap > FASTEST_BLOCK_GAP ? -1 : gap;
    }

    /**
     * The time whose microseconds of the hour are given and that lies nearest to an estimate.
     *
     * @param nearNanos within half an hour of the truth
     */
    static long nearest(long microsOfHour, long nearNanos) {
        long hour = Math.floorDiv(nearNanos, HOUR_NANOS) * HOUR_NANOS;
        long time = hour + microsOfHour * 1000;
        if (time - nearNanos > HOUR_NANOS / 2) {
            return time - HOUR_NANOS;
        }
        return nearNanos - time > HOUR_NANOS / 2 ? time + HOUR_NANOS : time;
    }
}
