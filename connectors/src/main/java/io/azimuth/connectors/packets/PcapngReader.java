package io.azimuth.connectors.packets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The newer capture format: sections of blocks, several interfaces, each with a clock resolution of
 * its own. Blocks that hold no packet are passed over. Source: draft-ietf-opsawg-pcapng.
 */
final class PcapngReader extends CaptureReader {
    private static final int SECTION = 0x0a0d0d0a;
    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER = 0x1a2b3c4d;
    private static final int MOST_BLOCK_BYTES = 16 << 20;
    private static final int MOST_SECTIONS = 4096;
    private static final int MOST_INTERFACES = 4096;

    /** Clock and link of an interface: a tick is {@code ticksPerSecond}-th of a second. */
    private record Interface(
            int linkType, long snapLength, long ticksPerSecond, long offsetSeconds) {}

    /** A section with the interfaces known so far. */
    private static final class Section {
        final long offset;
        final boolean bigEndian;
        final List<Interface> interfaces = new ArrayList<>(2);

        Section(long offset, boolean bigEndian) {
            this.offset = offset;
            this.bigEndian = bigEndian;
        }
    }

    private final byte[] header = new byte[32];
    private final List<Section> sections = new ArrayList<>(1);
    private long nextOffset;

    /** Interfaces described before this byte are known: a second pass does not add them again. */
    private long knownUntil;

    PcapngReader(CaptureBytes file) {
        super(file);
    }

    static boolean isMagic(byte[] b) {
        return int32(b, 0, false) == SECTION; // reads the same in both byte orders
    }

    @Override
    String format() {
        return "pcapng";
    }

    @Override
    boolean next() throws IOException {
        while (nextOffset < file.size()) {
            recordOffset = nextOffset;
            if (!file.read(recordOffset, header, 12)) {
                return cutOff();
            }
            if (int32(header, 0, false) == SECTION) {
                enterSection();
            }
            boolean big = sections.get(section).bigEndian;
            int type = int32(header, 0, big);
            long total = uint32(header, 4, big);
            checkBlock(total);
            if (total > file.size() - recordOffset) {
                return cutOff();
            }
            nextOffset = recordOffset + total;
            if (type == INTERFACE) {
                addInterface((int) total, big);
            } else if (packet(type, (int) total, big)) {
                return true;
            }
        }
        return false;
    }

    private void checkBlock(long total) {
        if (total < 12 || total % 4 != 0 || total > MOST_BLOCK_BYTES) {
            throw malformed(
                    recordOffset,
                    "a block of "
                            + total
                            + " bytes, accepted are multiples of 4 from 12 to "
                            + MOST_BLOCK_BYTES
                            + "; the file is damaged from here on");
        }
    }

    private void enterSection() {
        int order = int32(header, 8, false);
        if (order != BYTE_ORDER && order != Integer.reverseBytes(BYTE_ORDER)) {
            throw malformed(
                    recordOffset + 8,
                    "byte-order mark 0x%08x, accepted is 0x1a2b3c4d in either order"
                            .formatted(order));
        }
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).offset == recordOffset) {
                section = i;
                return;
            }
        }
        if (sections.size() == MOST_SECTIONS) {
            throw malformed(recordOffset, "more than " + MOST_SECTIONS + " sections");
        }
        section = sections.size();
        sections.add(new Section(recordOffset, order != BYTE_ORDER));
    }

    private void addInterface(int total, boolean big) throws IOException {
        if (recordOffset < knownUntil) {
            return;
        }
        knownUntil = recordOffset + 1;
        List<Interface> interfaces = sections.get(section).interfaces;
        if (total < 20 || interfaces.size() == MOST_INTERFACES || total > MOST_RECORD_BYTES) {
            throw malformed(
                    recordOffset,
                    "an interface block of "
                            + total
                            + " bytes as number "
                            + interfaces.size()
                            + ", accepted are 20 bytes and more and "
                            + MOST_INTERFACES
                            + " interfaces");
        }
        load(recordOffset + 8, total - 12);
        long ticks = 1_000_000;
        long offset = 0;
        for (int at = 8; at + 4 <= length; ) {
            int code = int16(data, at, big);
            int size = int16(data, at + 2, big);
            if (code == 0 || at + 4 + size > length) {
                break;
            }
            if (code == 9 && size >= 1) {
                ticks = ticksPerSecond(data[at + 4] & 0xff);
            } else if (code == 14 && size >= 8) {
                int low = at + (big ? 8 : 4);
                int high = at + (big ? 4 : 8);
                offset = (long) int32(data, high, big) << 32 | uint32(data, low, big);
            }
            at += 4 + (size + 3) / 4 * 4;
        }
        interfaces.add(new Interface(int16(data, 0, big), uint32(data, 4, big), ticks, offset));
    }

    /** Decimal or, with the top bit set, binary places of a second. */
    private long ticksPerSecond(int resolution) {
        int places = resolution & 0x7f;
        boolean binary = (resolution & 0x80) != 0;
        if (places > (binary ? 62 : 18)) {
            throw malformed(
                    recordOffset,
                    "clock resolution of %d %s places, accepted are at most %d"
                            .formatted(places, binary ? "binary" : "decimal", binary ? 62 : 18));
        }
        long ticks = 1;
        for (int i = 0; i < places; i++) {
            ticks *= binary ? 2 : 10;
        }
        return ticks;
    }

    private boolean packet(int type, int total, boolean big) throws IOException {
        int fixed =
                switch (type) {
                    case ENHANCED_PACKET, OLD_PACKET -> 20;
                    case SIMPLE_PACKET -> 4;
                    default -> -1;
                };
        if (fixed < 0) {
            return false;
        }
        if (total < 12 + fixed) {
            throw malformed(recordOffset, "a packet block of " + total + " bytes is too short");
        }
        file.read(recordOffset + 8, header, fixed);
        List<Interface> interfaces = sections.get(section).interfaces;
        int number =
                switch (type) {
                    case ENHANCED_PACKET -> int32(header, 0, big);
                    case OLD_PACKET -> int16(header, 0, big);
                    default -> 0;
                };
        if (number < 0 || number >= interfaces.size()) {
            throw malformed(
                    recordOffset,
                    "a packet of interface "
                            + number
                            + ", but "
                            + interfaces.size()
                            + " were described before it");
        }
        Interface from = interfaces.get(number);
        originalLength = uint32(header, fixed - 4, big);
        long captured = type == SIMPLE_PACKET ? simpleLength(from, total) : uint32(header, 12, big);
        if (captured > total - 12L - fixed || captured > MOST_RECORD_BYTES) {
            throw malformed(
                    recordOffset,
                    "a packet of " + captured + " bytes in a block of " + total + " bytes");
        }
        linkType = from.linkType();
        stampNanos = type == SIMPLE_PACKET ? 0 : stamp(from, big);
        return load(recordOffset + 8 + fixed, (int) captured);
    }

    private long simpleLength(Interface from, int total) {
        long snap = from.snapLength() == 0 ? Long.MAX_VALUE : from.snapLength();
        return Math.min(Math.min(originalLength, snap), total - 16L);
    }

    private long stamp(Interface from, boolean big) {
        long ticks = uint32(header, 4, big) << 32 | uint32(header, 8, big);
        long perSecond = from.ticksPerSecond();
        long seconds = Long.divideUnsigned(ticks, perSecond) + from.offsetSeconds();
        long rest = Long.remainderUnsigned(ticks, perSecond);
        long nanos =
                perSecond <= 1_000_000_000L
                        ? rest * 1_000_000_000L / perSecond
                        : (long) ((double) rest * 1e9 / (double) perSecond);
        return seconds * 1_000_000_000L + nanos;
    }

    private boolean cutOff() {
        truncation = "the last block is cut off at byte " + recordOffset;
        nextOffset = file.size();
        return false;
    }

    @Override
    void seek(Place place) {
        nextOffset = place.offset();
        section = place.section();
    }
}
