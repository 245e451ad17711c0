package io.azimuth.connectors.ros;

import io.azimuth.connectors.bytes.Lz4Frame;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/** The one packed chunk that is held unpacked; the buffer is reused from chunk to chunk. */
final class UnpackedChunk implements BagSource {
    /** Larger chunks are refused; recorders make chunks of about 1 MiB. */
    static final long MOST_BYTES = 512L << 20;

    private static final int FIRST_BYTES = 1 << 16;

    private final BagFile file;
    private byte[] packed = new byte[0];
    private byte[] plain = new byte[0];
    private int size;
    private @Nullable BagChunk held;

    UnpackedChunk(BagFile file) {
        this.file = file;
    }

    /**
     * Unpacks a chunk unless it is the one held.
     *
     * @throws MalformedDataException if it does not unpack to what its head says
     */
    void load(BagChunk chunk) throws IOException {
        if (chunk.equals(held)) {
            return;
        }
        held = null;
        if (chunk.plainLength() > MOST_BYTES) {
            throw fault(
                    chunk,
                    "chunk of %d bytes, accepted are at most %d"
                            .formatted(chunk.plainLength(), MOST_BYTES));
        }
        size = 0;
        switch (chunk.packing()) {
            case "bz2" -> bz2(chunk);
            case "lz4" -> lz4(chunk);
            default ->
                    throw fault(
                            chunk,
                            "chunk packed by '%s', accepted are none, bz2, lz4"
                                    .formatted(chunk.packing()));
        }
        held = chunk;
    }

    private void lz4(BagChunk chunk) throws IOException {
        long most = Math.min(MOST_BYTES, Lz4Frame.MOST_RATIO * chunk.dataLength());
        if (chunk.plainLength() > most || chunk.dataLength() > MOST_BYTES) {
            throw fault(
                    chunk,
                    "%d bytes of lz4 that unpack to %d, accepted are at most %d"
                            .formatted(chunk.dataLength(), chunk.plainLength(), most));
        }
        int length = (int) chunk.dataLength();
        if (packed.length < length) {
            packed = new byte[length];
        }
        int plainLength = (int) chunk.plainLength();
        if (plain.length < plainLength) {
            plain = new byte[plainLength];
        }
        file.read(chunk.dataAt(), packed, length);
        Lz4Frame.unpack(file.name(), chunk.dataAt(), packed, length, plain, plainLength);
        size = plainLength;
    }

    private void bz2(BagChunk chunk) throws IOException {
        InputStream in =
                new BufferedInputStream(file.stream(chunk.dataAt(), chunk.end()), FIRST_BYTES);
        try (InputStream bz2 = new BZip2CompressorInputStream(in, true)) {
            fill(bz2, chunk);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw fault(chunk, "the bz2 chunk does not unpack: " + e.getMessage());
        }
    }

    /** Room grows with the bytes that come, not with what the head claims. */
    private void fill(InputStream in, BagChunk chunk) throws IOException {
        int most = (int) chunk.plainLength();
        while (true) {
            if (size == plain.length && size < most) {
                long wanted = Math.max(FIRST_BYTES, 2L * plain.length);
                plain = Arrays.copyOf(plain, (int) Math.min(most, wanted));
            }
            int room = Math.min(plain.length, most) - size;
            int got = room == 0 ? in.read() : in.read(plain, size, room);
            if (got < 0) {
                break;
            }
            if (room == 0) {
                throw fault(
                        chunk,
                        "the chunk unpacks to more than the %d bytes it says".formatted(most));
            }
            size += got;
        }
        if (size != most) {
            throw fault(
                    chunk, "the chunk unpacks to %d bytes, its head says %d".formatted(size, most));
        }
    }

    private MalformedDataException fault(BagChunk chunk, String problem) {
        return MalformedDataException.at(file.name(), chunk.dataAt(), problem);
    }

    byte[] array() {
        return plain;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public BagRecord record(long at) {
        long headLength = u32(at);
        long dataLength = u32(at + 4 + headLength);
        int from = (int) at + 4;
        int to = (int) (from + headLength);
        return new BagRecord(
                where(), at, BagRecord.split(where(), from, plain, from, to), to + 4L, dataLength);
    }

    private long u32(long at) {
        if (at < 0 || at > size - 4L) {
            throw MalformedDataException.at(
                    where(), Math.min(at, size), "the chunk ends inside a record");
        }
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).getInt((int) at));
    }

    private String where() {
        return held == null
                ? file.name()
                : file.name() + ": chunk at byte " + held.dataAt() + ", unpacked";
    }

    @Override
    public void read(long at, byte[] into, int length) {
        System.arraycopy(plain, (int) at, into, 0, length);
    }
}
