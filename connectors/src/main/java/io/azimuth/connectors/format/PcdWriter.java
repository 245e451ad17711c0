package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes PCD 0.7: x, y, z, intensity as float32, {@code ring} as uint16 and {@code t} as int32
 * nanoseconds where the cloud has them. {@link Pcd} reads back equal bits. Stateless.
 */
final class PcdWriter {
    private PcdWriter() {}

    /** The whole file as bytes. */
    static byte[] toBytes(PointCloud cloud, PcdEncoding encoding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header(cloud, encoding).getBytes(StandardCharsets.US_ASCII));
        switch (encoding) {
            case ASCII -> out.writeBytes(CloudRows.text(cloud).getBytes(StandardCharsets.US_ASCII));
            case BINARY -> out.writeBytes(CloudRows.structs(cloud, ByteOrder.LITTLE_ENDIAN));
            case BINARY_COMPRESSED -> {
                byte[] plain = arrays(cloud);
                byte[] packed = Lzf.compress(plain, plain.length);
                out.writeBytes(little(8).putInt(packed.length).putInt(plain.length).array());
                out.writeBytes(packed);
            }
        }
        return out.toByteArray();
    }

    private static String header(PointCloud cloud, PcdEncoding encoding) {
        String fields = "x y z intensity";
        String sizes = "4 4 4 4";
        String types = "F F F F";
        String counts = "1 1 1 1";
        if (cloud.hasRing()) {
            fields += " ring";
            sizes += " 2";
            types += " U";
            counts += " 1";
        }
        if (cloud.hasTime()) {
            fields += " t";
            sizes += " 4";
            types += " I";
            counts += " 1";
        }
        return """
                # .PCD v0.7 - Point Cloud Data file format
                VERSION 0.7
                FIELDS %s
                SIZE %s
                TYPE %s
                COUNT %s
                WIDTH %d
                HEIGHT 1
                VIEWPOINT 0 0 0 1 0 0 0
                POINTS %d
                DATA %s
                """
                .formatted(
                        fields,
                        sizes,
                        types,
                        counts,
                        cloud.size(),
                        cloud.size(),
                        encoding.keyword());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] arrays(PointCloud c) {
        ByteBuffer out = little(Math.multiplyExact(c.size(), CloudRows.bytes(c)));
        for (float[] column : new float[][] {c.x(), c.y(), c.z(), c.intensity()}) {
            for (int i = 0; i < c.size(); i++) {
                out.putFloat(column[i]);
            }
        }
        for (int i = 0; c.hasRing() && i < c.size(); i++) {
            out.putShort(c.ring()[i]);
        }
        for (int i = 0; c.hasTime() && i < c.size(); i++) {
            out.putInt(c.timeOffsetNanos()[i]);
        }
        return out.array();
    }
}
