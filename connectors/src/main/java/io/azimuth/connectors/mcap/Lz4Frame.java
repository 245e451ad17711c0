package io.azimuth.connectors.mcap;

import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Unpacks one LZ4 frame into an array of known size. Unlike lz4-java's stream it also knows linked
 * blocks, which {@code LZ4F_compressFrame} makes by default and so most recordings have.
 *
 * <p>Source: LZ4 frame format 1.6.3 and block format.
 */
final class Lz4Frame {
    private static final int MAGIC = 0x184d2204;
    private static final LZ4SafeDecompressor BLOCK =
            LZ4Factory.fastestInstance().safeDecompressor();
    private static final XXHash32 HASH = XXHashFactory.fastestInstance().hash32();

    private final RecordBytes in;
    private final byte[] packed;
    private final byte[] out;
    private int used;

    private Lz4Frame(RecordBytes in, byte[] packed, byte[] out) {
        this.in = in;
        this.packed = packed;
        this.out = out;
    }

    /**
     * @param in over {@code packed}, at the start of the frame
     * @param out is filled exactly
     * @throws io.azimuth.perception.geometry.MalformedDataException if that cannot be
     */
    static void unpack(RecordBytes in, byte[] packed, byte[] out) {
        new Lz4Frame(in, packed, out).frame();
    }

    private void frame() {
        if (in.i32("lz4 magic") != MAGIC) {
            throw in.fault("no lz4 frame starts here, accepted is 04 22 4d 18");
        }
        int descriptorAt = in.at();
        int flags = in.u8("lz4 flags");
        in.u8("lz4 block size");
        if (flags >> 6 != 1 || (flags & 0x03) != 0) {
            throw in.fault(
                    "lz4 flags 0x%02x, accepted are version 1 without dictionary".formatted(flags));
        }
        if ((flags & 0x08) != 0) {
            long size = in.i64("lz4 content size");
            if (size != out.length) {
                throw in.fault(
                        "lz4 frame of %s bytes in a chunk of %d"
                                .formatted(Long.toUnsignedString(size), out.length));
            }
        }
        int sum = HASH.hash(packed, descriptorAt, in.at() - descriptorAt, 0) >> 8 & 0xff;
        if (in.u8("lz4 header checksum") != sum) {
            throw in.fault("lz4 header checksum differs, accepted is 0x%02x".formatted(sum));
        }
        blocks((flags & 0x20) == 0, (flags & 0x10) != 0);
        if (used != out.length) {
            throw in.fault("lz4 frame of %d bytes in a chunk of %d".formatted(used, out.length));
        }
        if ((flags & 0x04) != 0 && in.i32("lz4 checksum") != HASH.hash(out, 0, used, 0)) {
            throw in.fault("lz4 content checksum differs");
        }
    }

    private void blocks(boolean linked, boolean summed) {
        for (int word = in.i32("lz4 block"); word != 0; word = in.i32("lz4 block")) {
            int length = word & 0x7fffffff;
            if (length > in.remaining()) {
                throw in.fault(
                        "lz4 block of %d bytes, but %d are left".formatted(length, in.remaining()));
            }
            int at = in.at();
            if (word < 0) {
                stored(at, length);
            } else if (linked) {
                linked(at, at + length);
            } else {
                independent(at, length);
            }
            in.skip(length);
            if (summed && in.i32("lz4 block checksum") != HASH.hash(packed, at, length, 0)) {
                throw in.fault("lz4 block checksum differs");
            }
        }
    }

    private void stored(int at, int length) {
        if (length > out.length - used) {
            throw tooLong();
        }
        System.arraycopy(packed, at, out, used, length);
        used += length;
    }

    private void independent(int at, int length) {
        try {
            used += BLOCK.decompress(packed, at, length, out, used, out.length - used);
        } catch (LZ4Exception e) {
            throw in.fault("lz4 block does not unpack: " + e.getMessage());
        }
    }

    /** Sequences of literals and matches; a match may reach into earlier blocks. */
    private void linked(int from, int end) {
        int at = from;
        while (at < end) {
            int token = packed[at++] & 0xff;
            int literals = token >> 4;
            if (literals == 15) {
                int more = 255;
                while (more == 255 && at < end) {
                    more = packed[at++] & 0xff;
                    literals += more;
                }
            }
            if (literals < 0 || literals > end - at || literals > out.length - used) {
                throw tooLong();
            }
            System.arraycopy(packed, at, out, used, literals);
            at += literals;
            used += literals;
            if (at == end) {
                return; // the last sequence has no match
            }
            if (end - at < 2) {
                throw in.fault("lz4 block ends inside a match");
            }
            int distance = packed[at] & 0xff | (packed[at + 1] & 0xff) << 8;
            at += 2;
            int length = (token & 15) + 4;
            if (length == 19) {
                int more = 255;
                while (more == 255 && at < end) {
                    more = packed[at++] & 0xff;
                    length += more;
                }
            }
            match(distance, length);
        }
    }

    private void match(int distance, int length) {
        if (distance == 0 || distance > used || length < 0 || length > out.length - used) {
            throw in.fault(
                    "lz4 match of %d bytes %d back, but %d were unpacked and %d are left"
                            .formatted(length, distance, used, out.length - used));
        }
        int source = used - distance;
        // Overlapping matches repeat what they have just written: copy in steps of the distance.
        for (int left = length; left > 0; ) {
            int step = Math.min(left, used - source);
            System.arraycopy(out, source, out, used, step);
            used += step;
            left -= step;
        }
    }

    private RuntimeException tooLong() {
        return in.fault(
                "lz4 block unpacks to more than the %d bytes that its chunk says, or is cut"
                        .formatted(out.length));
    }
}
