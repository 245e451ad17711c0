package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@code .npy}, version 1: a bare cloud as float32 (points, 4), one with rings or times as a
 * structured array with fields x, y, z, intensity, {@code ring} (uint16) and {@code t} (int32
 * nanoseconds). {@link Npy} reads back equal bits. Stateless.
 */
final class NpyWriter {
    private static final int ALIGNMENT = 64;

    private NpyWriter() {}

    /** The whole file as bytes. */
    static byte[] toBytes(PointCloud cloud) {
        boolean bare = !cloud.hasRing() && !cloud.hasTime();
        String descr =
                bare
                        ? "'<f4'"
                        : "[('x', '<f4'), ('y', '<f4'), ('z', '<f4'), ('intensity', '<f4')"
                                + (cloud.hasRing() ? ", ('ring', '<u2')" : "")
                                + (cloud.hasTime() ? ", ('t', '<i4')" : "")
                                + "]";
        String shape = bare ? "(%d, 4)".formatted(cloud.size()) : "(%d,)".formatted(cloud.size());
        String text =
                "{'descr': %s, 'fortran_order': False, 'shape': %s, }".formatted(descr, shape);
        int padded = (10 + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - 10;
        String header = text + " ".repeat(padded - text.length() - 1) + "\n";
        byte[] rows = CloudRows.structs(cloud, ByteOrder.LITTLE_ENDIAN);
        return ByteBuffer.allocate(10 + padded + rows.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) padded)
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(rows)
                .array();
    }
}
