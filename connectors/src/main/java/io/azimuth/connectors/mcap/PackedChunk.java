package io.azimuth.connectors.mcap;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import net.jpountz.lz4.LZ4FrameOutputStream;

/**
 * The records of a chunk as they lie in the file.
 *
 * @param bytes only the first {@code size} count; owned by the writer
 * @param plainSize before packing
 * @param plainCrc of the bytes before packing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PackedChunk(
        McapCompression compression, byte[] bytes, int size, int plainSize, int plainCrc) {
    /** The fastest level that still finds most of what zstd finds in clouds. */
    private static final int ZSTD_LEVEL = 1;

    static PackedChunk of(McapCompression wanted, byte[] plain, int size) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(plain, 0, size);
        int sum = (int) crc.getValue();
        PackedChunk none = new PackedChunk(McapCompression.NONE, plain, size, size, sum);
        PackedChunk packed =
                switch (wanted) {
                    case NONE -> none;
                    case LZ4 -> lz4(plain, size, sum);
                    case ZSTD -> zstd(plain, size, sum);
                };
        // What a careful reader would take for a bomb is written as it is.
        return ChunkLimits.refusal(packed.size, size) == null ? packed : none;
    }

    private static PackedChunk lz4(byte[] plain, int size, int sum) throws IOException {
        Bytes out = new Bytes(size / 2 + 64);
        try (OutputStream frame =
                new LZ4FrameOutputStream(out, LZ4FrameOutputStream.BLOCKSIZE.SIZE_1MB)) {
            frame.write(plain, 0, size);
        }
        return new PackedChunk(McapCompression.LZ4, out.array(), out.size(), size, sum);
    }

    private static PackedChunk zstd(byte[] plain, int size, int sum) {
        byte[] out = new byte[Math.toIntExact(Zstd.compressBound(size))];
        long used = Zstd.compressByteArray(out, 0, out.length, plain, 0, size, ZSTD_LEVEL);
        if (Zstd.isError(used)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(used));
        }
        return new PackedChunk(McapCompression.ZSTD, out, (int) used, size, sum);
    }

    /** Gives its array away without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes(int capacity) {
            super(capacity);
        }

        byte[] array() {
            return buf;
        }
    }
}
