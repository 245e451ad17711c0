package io.azimuth.connectors.ros;

import io.azimuth.connectors.bytes.FileWindow;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The records of a bag by position. */
final class BagFile implements BagSource, Closeable {
    private final FileWindow file;

    private BagFile(FileWindow file) {
        this.file = file;
    }

    static BagFile open(Path path) throws IOException {
        return new BagFile(FileWindow.open(path));
    }

    String name() {
        return file.name();
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public BagRecord record(long at) throws IOException {
        int headLength = u32(at, "length of a record's head");
        if (headLength < 0 || headLength > BagRecord.MOST_HEAD_BYTES) {
            throw MalformedDataException.at(
                    name(),
                    at,
                    "a record's head has %d bytes, accepted are at most %d; the file is damaged here"
                            .formatted(
                                    Integer.toUnsignedLong(headLength), BagRecord.MOST_HEAD_BYTES));
        }
        long dataLength = Integer.toUnsignedLong(u32(at + 4 + headLength, "length of the data"));
        byte[] head = new byte[headLength];
        read(at + 4, head, headLength);
        return new BagRecord(
                name(),
                at,
                BagRecord.split(name(), at + 4, head, 0, headLength),
                at + 8 + headLength,
                dataLength);
    }

    private int u32(long at, String what) throws IOException {
        if (at < 0 || at > size() - 4) {
            throw MalformedDataException.at(
                    name(),
                    Math.min(at, size()),
                    "the file ends before the " + what + "; it was cut");
        }
        byte[] word = new byte[4];
        read(at, word, 4);
        return ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @Override
    public void read(long at, byte[] into, int length) throws IOException {
        if (length > FileWindow.WINDOW_BYTES) {
            file.read(at, into, length);
        } else {
            int from = file.show(at, length);
            System.arraycopy(file.window(), from, into, 0, length);
        }
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
                int got = file.readSome(at, into, offset, (int) Math.min(length, to - at));
                at += Math.max(0, got);
                return got;
            }
        };
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
