package io.azimuth.connectors.ros;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A bag's bytes by position, with a small window for the heads of records. */
final class BagFile implements BagSource, Closeable {
    private static final int WINDOW_BYTES = 1 << 14;
    private static final int SLICE_BYTES = 1 << 20;

    private final String name;
    private final FileChannel channel;
    private final long size;
    private final byte[] window = new byte[WINDOW_BYTES];
    private long windowAt;
    private int windowSize;

    private BagFile(String name, FileChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        size = channel.size();
    }

    static BagFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new BagFile(file.toString(), channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public BagRecord record(long at) throws IOException {
        int headLength = u32(at, "length of a record's head");
        if (headLength < 0 || headLength > BagRecord.MOST_HEAD_BYTES) {
            throw MalformedDataException.at(
                    name,
                    at,
                    "a record's head has %d bytes, accepted are at most %d; the file is damaged here"
                            .formatted(
                                    Integer.toUnsignedLong(headLength), BagRecord.MOST_HEAD_BYTES));
        }
        long dataLength = Integer.toUnsignedLong(u32(at + 4 + headLength, "length of the data"));
        byte[] head = new byte[headLength];
        read(at + 4, head, headLength);
        return new BagRecord(
                name,
                at,
                BagRecord.split(name, at + 4, head, 0, headLength),
                at + 8 + headLength,
                dataLength);
    }

    private int u32(long at, String what) throws IOException {
        if (at < 0 || at > size - 4) {
            throw MalformedDataException.at(
                    name, Math.min(at, size), "the file ends before the " + what + "; it was cut");
        }
        byte[] word = new byte[4];
        read(at, word, 4);
        return ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @Override
    public void read(long at, byte[] into, int length) throws IOException {
        if (length > WINDOW_BYTES) {
            fetch(at, into, length);
            return;
        }
        if (at < windowAt || at + length > windowAt + windowSize) {
            windowSize = 0;
            int wanted = (int) Math.min(WINDOW_BYTES, size - at);
            fetch(at, window, wanted);
            windowAt = at;
            windowSize = wanted;
        }
        if (length > windowSize) {
            throw shorter(at);
        }
        System.arraycopy(window, (int) (at - windowAt), into, 0, length);
    }

    private void fetch(long at, byte[] into, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(into);
        for (int done = 0; done < length; ) {
            // Small slices: the channel copies through a direct buffer of the slice's size.
            target.limit(Math.min(length, done + SLICE_BYTES)).position(done);
            int got = channel.read(target, at + done);
            if (got < 0) {
                throw shorter(at + done);
            }
            done += got;
        }
    }

    private MalformedDataException shorter(long at) {
        return MalformedDataException.at(name, at, "the file ends here, but more was expected");
    }

    /** Bytes of which the caller knows that they are there, as a stream. */
    InputStream stream(long from, long to) {
        return new InputStream() {
            private final byte[] one = new byte[1];
            private long at = from;

            @Override
            public int read() throws IOException {
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (at >= to) {
                    return -1;
                }
                int n = (int) Math.min(Math.min(length, SLICE_BYTES), to - at);
                int got = channel.read(ByteBuffer.wrap(into, offset, n), at);
                at += Math.max(0, got);
                return got;
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
