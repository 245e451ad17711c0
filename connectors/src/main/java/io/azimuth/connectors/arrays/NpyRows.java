package io.azimuth.connectors.arrays;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes a {@code .npy} file of float32 or float16 whose number of rows is known beforehand; an
 * existing file is replaced. Not thread-safe.
 */
public final class NpyRows implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final float MOST_HALF = 65504;
    private static final int LEAST_HALF_EXPONENT = -14;

    private final FileChannel channel;
    private final boolean half;
    private final ByteBuffer buffer;

    /**
     * @param shape number of rows, then the shape of one
     * @param half whether to write float16: nearest, ties to even, cut at +-65504
     */
    public NpyRows(Path file, List<Integer> shape, boolean half) throws IOException {
        this.half = half;
        buffer = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        String dims =
                shape.toString().replace('[', '(').replace("]", shape.size() > 1 ? ")" : ",)");
        String text =
                "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
                        .formatted(half ? "<f2" : "<f4", dims);
        int padded = (10 + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - 10;
        buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        buffer.put((byte) 1).put((byte) 0).putShort((short) padded);
        String line = text + " ".repeat(padded - text.length() - 1) + "\n";
        buffer.put(line.getBytes(StandardCharsets.US_ASCII));
    }

    /** Appends numbers. */
    public void put(float[] values, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (buffer.remaining() < Float.BYTES) {
                flush();
            }
            if (half) {
                buffer.putShort(halfBits(values[i]));
            } else {
                buffer.putFloat(values[i]);
            }
        }
    }

    static short halfBits(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float magnitude = Math.min(Math.abs(value), MOST_HALF);
        int exponent = Math.max(LEAST_HALF_EXPONENT, Math.getExponent(magnitude));
        // in units of the last place; a carry runs into the exponent as it should
        int units = (int) Math.rint(Math.scalb((double) magnitude, 10 - exponent));
        return (short) (sign | (((exponent - LEAST_HALF_EXPONENT) << 10) + units));
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        }
    }
}
