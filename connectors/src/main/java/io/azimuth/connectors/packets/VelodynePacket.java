package io.azimuth.connectors.packets;

/**
 * Layout of Velodyne's data packets: 12 blocks of a flag, an azimuth and 32 returns, then the time
 * and two bytes for return mode and product. Source: VLP-16 user manual, 63-9243, chapter 9, and
 * those of HDL-64E S3 and VLS-128.
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

    /** First bytes of a block by its bank of 32 lasers. */
    private static final int[] FLAGS = {FLAG, 0xddff, 0xccff, 0xbbff};

    private static final int DUAL = 0x39;
    private static final int FASTEST_BLOCK_GAP = 200;

    private VelodynePacket() {}

    static boolean looksLike(byte[] b, int packet, int length) {
        return length == BYTES && CaptureReader.int16(b, packet, false) == FLAG;
    }

    /** Whether the packet comes from an HDL-64, which says nothing of itself. */
    static boolean isHdl64(byte[] b, int packet) {
        return isBank(b, packet, 1, 1) && isBank(b, packet, 2, 0);
    }

    /** Whether a block holds the returns of a bank of 32 lasers. */
    static boolean isBank(byte[] b, int packet, int block, int bank) {
        return CaptureReader.int16(b, packet + block * BLOCK_BYTES, false) == FLAGS[bank];
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

    /**
     * Whether there are two returns of each firing. An HDL-64 says so by repeated azimuths only.
     */
    static boolean isDual(byte[] b, int packet, VelodyneTiming timing) {
        if (timing.pairsTogether()) {
            return (b[packet + 1204] & 0xff) == DUAL;
        }
        return azimuth(b, packet, 0) == azimuth(b, packet, timing.banks());
    }

    static int product(byte[] b, int packet) {
        return b[packet + 1205] & 0xff;
    }

    /** Azimuth that passes until the next group of blocks; -1 where that is not known. */
    static int gap(byte[] b, int packet, int block, int step) {
        if (2 * step > BLOCKS) {
            return -1;
        }
        int from = block + 2 * step <= BLOCKS ? block : block - step;
        int here = azimuth(b, packet, from);
        int next = azimuth(b, packet, from + step);
        return here < 0 || next < 0 ? -1 : gap(here, next);
    }

    /** From an azimuth to the next; -1 if there is more between than any sensor turns. */
    static int gap(int here, int next) {
        int gap = (next - here + TURN) % TURN;
        return gap > FASTEST_BLOCK_GAP ? -1 : gap;
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
