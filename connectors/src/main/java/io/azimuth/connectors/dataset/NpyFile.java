package io.azimuth.connectors.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A {@code .npy} file that grows row by row; its header is written when it is closed. Source: NumPy
 * Enhancement Proposal 1, version 1.0. Not thread-safe.
 */
final class NpyFile implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final int BUFFER = 1 << 18;

    private final FileChannel channel;
    private final String descr;
    private final String rowShape;
    private final int rowBytes;
    private final int headerBytes;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long rows;

    /**
     * @param descr NumPy's type of an element, e.g. {@code '<i2'} in quotes, or a list of fields
     * @param rowShape what follows the number of rows in the shape, e.g. {@code 4}; may be empty
     * @param rowBytes bytes of a row
     */
    NpyFile(Path file, String descr, String rowShape, int rowBytes) throws IOException {
        this.descr = descr;
        this.rowShape = rowShape;
        this.rowBytes = rowBytes;
        headerBytes = header(Long.MAX_VALUE).length;
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.position(headerBytes);
    }

    /** Where the next row goes, little-endian; the caller puts exactly one row. */
    ByteBuffer row() throws IOException {
        if (buffer.remaining() < rowBytes) {
            flush();
        }
        rows++;
        return buffer;
    }

    long rows() {
        return rows;
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private byte[] header(long n) {
        String text =
                "{'descr': %s, 'fortran_order': False, 'shape': (%d,%s), }"
                        .formatted(descr, n, rowShape.isEmpty() ? "" : " " + rowShape);
        int most = Math.max(headerBytes, 10 + text.length() + 1);
        int padded = (most + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - 10;
        String line = text + " ".repeat(padded - text.length() - 1) + "\n";
        return ByteBuffer.allocate(10 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) padded)
                .put(line.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
            long expected = headerBytes + rows * rowBytes;
            if (channel.position() != expected) {
                throw new IllegalStateException(
                        "%d bytes for %d rows of %d".formatted(channel.position(), rows, rowBytes));
            }
            ByteBuffer head = ByteBuffer.wrap(header(rows));
            channel.position(0);
            while (head.hasRemaining()) {
                channel.write(head);
            }
        }
    }
}
