package io.azimuth.connectors.bytes;

import io.azimuth.perception.geometry.MalformedDataException;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Unpacks one LZ4 frame of known size and checks all its checksums. Unlike lz4-java's stream it
 * also knows linked blocks, which {@code LZ4F_compressFrame} makes by default and so most
 * recordings have.
 *
 * <p>Source: LZ4 frame format 1.6.3 and block format.
 */
public final class Lz4Frame {
    /** No LZ4 byte stands for more than this many. */
    public static final int MOST_RATIO = 255;

    private static final int MAGIC = 0x184d2204;
    private static final int LAST_LENGTH = 15;
    private static final int LEAST_MATCH = 4;
    private static final LZ4SafeDecompressor BLOCK =
            LZ4Factory.fastestInstance().safeDecompressor();
    private static final XXHash32 HASH = XXHashFactory.fastestInstance().hash32();

    private final String file;
    private final long where;
    private final byte[] in;
    private final int end;
    private final byte[] out;
    private final int size;
    private int at;
    private int used;

    private Lz4Frame(String file, long where, byte[] in, int end, byte[] out, int size) {
        this.file = file;
        this.where = where;
        this.in = in;
        this.end = end;
        this.out = out;
        this.size = size;
    }

    /**
     * Unpacks a frame.
     *
     * @param where of the frame in the file, for messages
     * @param in frame in its first {@code length} bytes
     * @param out its first {@code size} bytes are filled
     * @throws MalformedDataException if the frame is damaged or of another size
     */
    public static void unpack(
            String file, long where, byte[] in, int length, byte[] out, int size) {
        new Lz4Frame(file, where, in, length, out, size).frame();
    }

    private void frame() {
        if (word("magic") != MAGIC) {
            throw fault("no lz4 frame starts here, accepted is 04 22 4d 18");
        }
        int descriptorAt = at;
        need(2, "descriptor");
        int flags = in[at] & 0xff;
        at += 2; // the largest block's size does not matter: all blocks go into one array
        if (flags >> 6 != 1 || (flags & 0x03) != 0) {
            throw fault(
                    "lz4 flags 0x%02x, accepted are version 1 without dictionary".formatted(flags));
        }
        if ((flags & 0x08) != 0) {
            contentSize();
        }
        int sum = HASH.hash(in, descriptorAt, at - descriptorAt, 0) >> 8 & 0xff;
        need(1, "header checksum");
        if ((in[at++] & 0xff) != sum) {
            throw fault("lz4 header checksum differs, accepted is 0x%02x".formatted(sum));
        }
        blocks((flags & 0x20) == 0, (flags & 0x10) != 0);
        if (used != size) {
            throw fault("lz4 frame of %d bytes, its chunk says %d".formatted(used, size));
        }
        if ((flags & 0x04) != 0 && word("checksum") != HASH.hash(out, 0, used, 0)) {
            throw fault("lz4 content checksum differs");
        }
    }

    private void contentSize() {
        long low = Integer.toUnsignedLong(word("content size"));
        long claimed = low | (long) word("content size") << 32;
        if (claimed != size) {
            throw fault(
                    "lz4 frame of %s bytes, its chunk says %d"
                            .formatted(Long.toUnsignedString(claimed), size));
        }
    }

    private void blocks(boolean linked, boolean summed) {
        for (int word = word("block"); word != 0; word = word("block")) {
            int length = word & 0x7fffffff;
            need(length, "block");
            int from = at;
            if (word < 0) {
                copy(length);
            } else if (linked) {
                sequences(from + length);
            } else {
                independent(length);
            }
            at = from + length;
            if (summed && word("block checksum") != HASH.hash(in, from, length, 0)) {
                throw fault("lz4 block checksum differs");
            }
        }
    }

    private void independent(int length) {
        try {
            used += BLOCK.decompress(in, at, length, out, used, size - used);
        } catch (LZ4Exception e) {
            throw fault("lz4 block does not unpack: " + e.getMessage());
        }
    }

    /**
     * A block: literals, then a match, again and again; the last sequence has no match. A match may
     * reach into earlier blocks.
     */
    private void sequences(int blockEnd) {
        while (at < blockEnd) {
            int token = in[at++] & 0xff;
            int literals = length(token >> 4, blockEnd);
            if (literals > blockEnd - at) {
                throw fault("lz4 literals reach beyond their block");
            }
            copy(literals);
            if (at == blockEnd) {
                return;
            }
            if (blockEnd - at < 2) {
                throw fault("lz4 block ends inside a match");
            }
            int distance = in[at] & 0xff | (in[at + 1] & 0xff) << 8;
            at += 2;
            match(distance, length(token & LAST_LENGTH, blockEnd) + LEAST_MATCH);
        }
    }

    private int length(int start, int blockEnd) {
        int sum = start;
        if (start == LAST_LENGTH) {
            int more = 255;
            while (more == 255 && at < blockEnd && sum <= size) { // so it cannot overflow
                more = in[at++] & 0xff;
                sum += more;
            }
        }
        return sum;
    }

    private void copy(int length) {
        if (length > size - used) {
            throw fault(
                    "lz4 frame unpacks to more than the %d bytes that its chunk says"
                            .formatted(size));
        }
        System.arraycopy(in, at, out, used, length);
        at += length;
        used += length;
    }

    private void match(int distance, int length) {
        if (distance == 0 || distance > used || length > size - used) {
            throw fault(
                    "lz4 match of %d bytes %d back, but %d were unpacked and %d are left"
                            .formatted(length, distance, used, size - used));
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

    private int word(String what) {
        need(4, what);
        int v =
                in[at] & 0xff
                        | (in[at + 1] & 0xff) << 8
                        | (in[at + 2] & 0xff) << 16
                        | in[at + 3] << 24;
        at += 4;
        return v;
    }

    private void need(int bytes, String what) {
        if (bytes > end - at) {
            throw fault(
                    "lz4 %s needs %d bytes, but %d are left in its chunk"
                            .formatted(what, bytes, end - at));
        }
    }

    private MalformedDataException fault(String problem) {
        return MalformedDataException.at(file, where + at, problem);
    }
}
