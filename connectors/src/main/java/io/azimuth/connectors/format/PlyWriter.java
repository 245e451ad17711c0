package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes PLY 1.0: x, y, z, intensity as float, {@code ring} as ushort and {@code t} as int
 * nanoseconds where the cloud has them. {@link Ply} reads back equal bits. Stateless.
 */
final class PlyWriter {
    private PlyWriter() {}

    /** The whole file as bytes. */
    static byte[] toBytes(PointCloud cloud, PlyEncoding encoding) {
        byte[] header = header(cloud, encoding).getBytes(StandardCharsets.US_ASCII);
        byte[] rows =
                switch (encoding) {
                    case ASCII -> CloudRows.text(cloud).getBytes(StandardCharsets.US_ASCII);
                    case BINARY_LITTLE_ENDIAN -> CloudRows.structs(cloud, ByteOrder.LITTLE_ENDIAN);
                    case BINARY_BIG_ENDIAN -> CloudRows.structs(cloud, ByteOrder.BIG_ENDIAN);
                };
        return ByteBuffer.allocate(header.length + rows.length).put(header).put(rows).array();
    }

    private static String header(PointCloud cloud, PlyEncoding encoding) {
        return """
                ply
                format %s 1.0
                element vertex %d
                property float x
                property float y
                property float z
                property float intensity
                """
                        .formatted(encoding.keyword(), cloud.size())
                + (cloud.hasRing() ? "property ushort ring\n" : "")
                + (cloud.hasTime() ? "property int t\n" : "")
                + "end_header\n";
    }
}
