package io.azimuth.connectors.packets;

import io.azimuth.connectors.packets.CaptureReader.Place;
import java.io.Closeable;
import java.io.IOException;

/**
 * UDP datagrams of a capture: link layers (Ethernet with VLAN tags, Linux cooked, raw IP,
 * loopback), IPv4 and IPv6, fragments put together. Checksums are not looked at: captures of the
 * sending machine often have none. The fields hold the datagram read last, until the next call of
 * {@link #next}. Not thread-safe.
 */
final class UdpReader implements Closeable {
    private static final int ETHERNET = 1;
    private static final int LOOPBACK = 0;
    private static final int RAW = 101;
    private static final int RAW_BSD = 12;
    private static final int RAW_OPENBSD = 14;
    private static final int SLL = 113;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int SLL2 = 276;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int MOST_EXTENSIONS = 16;

    private final CaptureReader records;
    private final Fragments fragments = new Fragments();

    /** The bytes that {@link #payload} counts in. */
    byte[] data = new byte[0];

    /** Where the datagram's content begins in {@link #data}. */
    int payload;

    /** Bytes of content. */
    int length;

    int sourcePort;
    int targetPort;

    /** The sender's address, an IPv6 address folded into 64 bits. */
    long source;

    long stampNanos;

    /** The record that holds the datagram's first part. */
    Place first = new Place(0, 0);

    /** Records without a UDP datagram in them, by design: ARP, TCP and such. */
    private long otherRecords;

    /** Records that are shorter than their own headers say. */
    private long shortRecords;

    private final long[] unknownLink = new long[2];

    UdpReader(CaptureReader records) {
        this.records = records;
    }

    CaptureReader records() {
        return records;
    }

    long otherRecords() {
        return otherRecords;
    }

    long shortRecords() {
        return shortRecords;
    }

    /** Datagrams of which a fragment never came. */
    long lostFragments() {
        return fragments.abandoned();
    }

    /** Records of link types that cannot be read, and the last such type. */
    long[] unknownLink() {
        return unknownLink.clone();
    }

    /** Record that held the datagram's last part. */
    long lastOffset() {
        return records.recordOffset;
    }

    void seek(Place place) {
        fragments.clear();
        records.seek(place);
    }

    /** Goes back to a datagram as if nothing had been read. */
    void restart(Place place) {
        seek(place);
        fragments.forget();
        otherRecords = 0;
        shortRecords = 0;
        unknownLink[0] = 0;
    }

    /**
     * Goes to the next datagram.
     *
     * @return false at the capture's end
     */
    boolean next() throws IOException {
        while (records.next()) {
            first = records.place();
            stampNanos = records.stampNanos;
            if (link(records.data, records.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean link(byte[] b, int end) {
        switch (records.linkType) {
            case ETHERNET:
                return ethernet(b, end, 12);
            case SLL:
                return ethernet(b, end, 14);
            case SLL2:
                return end >= 20 && network(b, 20, end, CaptureReader.int16(b, 0, true));
            case LOOPBACK:
                return raw(b, 4, end);
            case RAW, RAW_BSD, RAW_OPENBSD, IPV4, IPV6:
                return raw(b, 0, end);
            default:
                unknownLink[0]++;
                unknownLink[1] = records.linkType;
                return false;
        }
    }

    /** Follows the types of the link layer, which begin at {@code at}, through VLAN tags. */
    private boolean ethernet(byte[] b, int end, int at) {
        int typeAt = at;
        while (typeAt + 2 <= end) {
            int type = CaptureReader.int16(b, typeAt, true);
            if (type != 0x8100 && type != 0x88a8 && type != 0x9100) {
                return network(b, typeAt + 2, end, type);
            }
            typeAt += 4;
        }
        return tooShort();
    }

    private boolean network(byte[] b, int at, int end, int type) {
        if (type == 0x0800 || type == 0x86dd) {
            return raw(b, at, end);
        }
        otherRecords++;
        return false;
    }

    private boolean raw(byte[] b, int at, int end) {
        if (at >= end) {
            return tooShort();
        }
        return switch (b[at] >> 4 & 15) {
            case 4 -> ipv4(b, at, end);
            case 6 -> ipv6(b, at, end);
            default -> {
                otherRecords++;
                yield false;
            }
        };
    }

    private boolean ipv4(byte[] b, int at, int end) {
        int header = (b[at] & 15) * 4;
        if (at + 20 > end || header < 20 || at + header > end) {
            return tooShort();
        }
        int total = CaptureReader.int16(b, at + 2, true);
        // 0: the sender's network card was to fill it in.
        int stop = total == 0 ? end : at + total;
        if (stop < at + header || stop > end) {
            return tooShort();
        }
        if (b[at + 9] != UDP) {
            otherRecords++;
            return false;
        }
        source = CaptureReader.uint32(b, at + 12, true);
        int flags = CaptureReader.int16(b, at + 6, true);
        int offset = (flags & 0x1fff) * 8;
        boolean more = (flags & 0x2000) != 0;
        if (offset == 0 && !more) {
            return udp(b, at + header, stop);
        }
        long target = CaptureReader.uint32(b, at + 16, true);
        int id = CaptureReader.int16(b, at + 4, true);
        return fragment(target, id, offset, !more, b, at + header, stop);
    }

    private boolean ipv6(byte[] b, int at, int end) {
        if (at + 40 > end) {
            return tooShort();
        }
        int size = CaptureReader.int16(b, at + 4, true);
        int stop = size == 0 ? end : at + 40 + size;
        if (stop > end) {
            return tooShort();
        }
        source = fold(b, at + 8);
        int next = b[at + 6] & 0xff;
        int here = at + 40;
        for (int i = 0; i < MOST_EXTENSIONS; i++) {
            if (next == UDP) {
                return udp(b, here, stop);
            }
            if (here + 8 > stop) {
                return tooShort();
            }
            if (next == 44) { // fragment
                int flags = CaptureReader.int16(b, here + 2, true);
                if (b[here] == UDP && (flags & ~6) != 0) {
                    long id = CaptureReader.uint32(b, here + 4, true) | 1L << 32;
                    boolean last = (flags & 1) == 0;
                    return fragment(fold(b, at + 24), id, flags & ~7, last, b, here + 8, stop);
                }
                next = b[here] & 0xff;
                here += 8;
            } else if (next == 0 || next == 43 || next == 60) {
                next = b[here] & 0xff;
                here += 8 + 8 * (b[here + 1] & 0xff);
            } else {
                break;
            }
        }
        otherRecords++;
        return false;
    }

    private static long fold(byte[] b, int at) {
        long high = CaptureReader.uint32(b, at, true) << 32 | CaptureReader.uint32(b, at + 4, true);
        long low =
                CaptureReader.uint32(b, at + 8, true) << 32
                        | CaptureReader.uint32(b, at + 12, true);
        return 31 * high + low;
    }

    private boolean fragment(
            long target, long id, int offset, boolean last, byte[] b, int at, int stop) {
        if (!fragments.add(source, target, id, offset, last, b, at, stop - at, first)) {
            return false;
        }
        first = fragments.first;
        return udp(fragments.data, 0, fragments.length);
    }

    private boolean udp(byte[] b, int at, int end) {
        if (at + UDP_HEADER > end) {
            return tooShort();
        }
        int size = CaptureReader.int16(b, at + 4, true);
        int stop = size == 0 ? end : at + size;
        if (stop > end || stop < at + UDP_HEADER) {
            return tooShort();
        }
        sourcePort = CaptureReader.int16(b, at, true);
        targetPort = CaptureReader.int16(b, at + 2, true);
        data = b;
        payload = at + UDP_HEADER;
        length = stop - payload;
        return true;
    }

    private boolean tooShort() {
        shortRecords++;
        return false;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
