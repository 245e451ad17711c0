package io.azimuth.connectors.ros;

import io.azimuth.perception.geometry.MalformedDataException;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Unpacks one LZ4 frame whose size is known, linked blocks included, which lz4-java's own stream
 * does not know. Source: LZ4 frame format 1.6.3 and block format.
 */
final class Lz4Frame {
    /** No LZ4 byte stands for more than this many. */
    static final int MOST_RATIO = 255;

    private static final int MAGIC = 0x184d2204;
    private static final int LAST_LENGTH = 15;
    private static final int LEAST_MATCH = 4;
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
     * @param where of the frame in the file, for messages
     * @param in frame in its first {@code length} bytes
     * @param out its first {@code size} bytes are filled
     * @throws MalformedDataException if the frame is damaged or of another size
     */
    static void unpack(String file, long where, byte[] in, int length, byte[] out, int size) {
        new Lz4Frame(file, where, in, length, out, size).frame();
    }

    private void frame() {
        if (word() != MAGIC) {
            throw fault("no lz4 frame, accepted is 04 22 4d 18 first");
        }
        need(2);
        int flags = in[at] & 0xff;
        if (flags >> 6 != 1 || (flags & 0x01) != 0) {
            throw fault(
                    "lz4 flags 0x%02x, accepted is version 1 without dictionary".formatted(flags));
        }
        // Flags, block size, content size if there is one, checksum of these.
        int head = 2 + ((flags & 0x08) != 0 ? 8 : 0) + 1;
        need(head);
        at += head;
        for (int block = word(); block != 0; block = word()) {
            int length = block & 0x7fffffff;
            need(length);
            if (block < 0) {
                copy(length);
            } else {
                sequences(at + length);
            }
            if ((flags & 0x10) != 0) {
                word();
            }
        }
        if (used != size) {
            throw fault("lz4 frame of %d bytes, the chunk's head says %d".formatted(used, size));
        }
        if ((flags & 0x04) != 0 && word() != HASH.hash(out, 0, used, 0)) {
            throw fault("lz4 checksum differs");
        }
    }

    /** A block: literals, then a match, again and again; the last sequence has no match. */
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
        int out = start;
        if (start == LAST_LENGTH) {
            int more = 255;
            while (more == 255 && at < blockEnd && out <= size) {
                more = in[at++] & 0xff;
                out += more;
            }
        }
        return out;
    }

    private void copy(int length) {
        if (length > size - used) {
            throw fault(
                    "lz4 frame unpacks to more than the %d bytes its chunk says".formatted(size));
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

    private int word() {
        need(4);
        int v =
                in[at] & 0xff
                        | (in[at + 1] & 0xff) << 8
                        | (in[at + 2] & 0xff) << 16
                        | in[at + 3] << 24;
        at += 4;
        return v;
    }

    private void need(int bytes) {
        if (bytes > end - at) {
            throw fault("the lz4 frame ends here, %d more bytes are needed".formatted(bytes));
        }
    }

    private MalformedDataException fault(String problem) {
        return MalformedDataException.at(file, where + at, problem);
    }
}
