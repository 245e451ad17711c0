package io.azimuth.connectors.ros;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.jspecify.annotations.Nullable;

/** The one packed chunk that is held unpacked; the buffer is reused from chunk to chunk. */
final class UnpackedChunk implements BagSource {
    /** Larger chunks are refused; recorders make chunks of about 1 MiB. */
    static final long MOST_BYTES = 512L << 20;

    private static final int FIRST_BYTES = 1 << 16;

    private final BagFile file;
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
        try (InputStream in = open(chunk)) {
            fill(in, chunk);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw fault(
                    chunk,
                    "the %s chunk does not unpack: %s".formatted(chunk.packing(), e.getMessage()));
        }
        held = chunk;
    }

    private InputStream open(BagChunk chunk) throws IOException {
        InputStream packed =
                new java.io.BufferedInputStream(
                        file.stream(chunk.dataAt(), chunk.end()), FIRST_BYTES);
        return switch (chunk.packing()) {
            case "bz2" -> new BZip2CompressorInputStream(packed, true);
            case "lz4" -> new FramedLZ4CompressorInputStream(packed, true);
            default ->
                    throw fault(
                            chunk,
                            "chunk packed by '%s', accepted are none, bz2, lz4"
                                    .formatted(chunk.packing()));
        };
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
