package io.azimuth.connectors.packets;

import java.io.IOException;

/**
 * The classic capture format: a 24-byte header, then records of 16 bytes and the captured data.
 * Either byte order, micro- or nanoseconds. Source: draft-ietf-opsawg-pcap.
 */
final class PcapReader extends CaptureReader {
    private static final int MICROS = 0xa1b2c3d4;
    private static final int NANOS = 0xa1b23c4d;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_BYTES = 16;
    private static final int LINK_TYPE_MASK = 0x0fff_ffff; // above it: length of the frame check

    private final byte[] header = new byte[HEADER_BYTES];
    private final boolean bigEndian;
    private final long nanosPerTick;
    private long nextOffset = HEADER_BYTES;

    PcapReader(CaptureBytes file) throws IOException {
        super(file);
        if (!file.read(0, header, HEADER_BYTES)) {
            throw malformed(
                    0,
                    "a pcap file of "
                            + file.size()
                            + " bytes, accepted are 24 for its header and more");
        }
        int little = int32(header, 0, false);
        bigEndian = little != MICROS && little != NANOS;
        nanosPerTick = int32(header, 0, bigEndian) == NANOS ? 1 : 1000;
        int major = int16(header, 4, bigEndian);
        if (major != 2) {
            throw malformed(4, "pcap version " + major + ", accepted is 2");
        }
        linkType = int32(header, 20, bigEndian) & LINK_TYPE_MASK;
    }

    static boolean isMagic(byte[] b) {
        for (boolean big : new boolean[] {false, true}) {
            int magic = int32(b, 0, big);
            if (magic == MICROS || magic == NANOS) {
                return true;
            }
        }
        return false;
    }

    @Override
    String format() {
        return "pcap";
    }

    @Override
    boolean next() throws IOException {
        if (nextOffset >= file.size()) {
            return false;
        }
        recordOffset = nextOffset;
        if (!file.read(recordOffset, header, RECORD_BYTES)) {
            return cutOff();
        }
        long captured = uint32(header, 8, bigEndian);
        if (captured > MOST_RECORD_BYTES) {
            throw malformed(
                    recordOffset,
                    "a record of "
                            + captured
                            + " bytes, accepted are 0 .. "
                            + MOST_RECORD_BYTES
                            + "; the file is damaged from here on");
        }
        stampNanos =
                uint32(header, 0, bigEndian) * 1_000_000_000L
                        + uint32(header, 4, bigEndian) * nanosPerTick;
        originalLength = uint32(header, 12, bigEndian);
        if (!load(recordOffset + RECORD_BYTES, (int) captured)) {
            return cutOff();
        }
        nextOffset = recordOffset + RECORD_BYTES + captured;
        return true;
    }

    private boolean cutOff() {
        truncation = "the last record is cut off at byte " + recordOffset;
        nextOffset = file.size();
        return false;
    }

    @Override
    void seek(Place place) {
        nextOffset = place.offset();
    }
}
