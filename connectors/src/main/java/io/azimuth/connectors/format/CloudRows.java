package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The rows that all writers share: x, y, z, intensity as float32, then ring as uint16 and time as
 * int32 nanoseconds where the cloud has them.
 */
final class CloudRows {
    private CloudRows() {}

    /** Bytes of one point. */
    static int bytes(PointCloud cloud) {
        return 16 + (cloud.hasRing() ? 2 : 0) + (cloud.hasTime() ? 4 : 0);
    }

    /** One point a line, the shortest decimals that give back equal bits. */
    static String text(PointCloud c) {
        StringBuilder out = new StringBuilder(40 * c.size());
        for (int i = 0; i < c.size(); i++) {
            out.append(c.x()[i]).append(' ').append(c.y()[i]).append(' ');
            out.append(c.z()[i]).append(' ').append(c.intensity()[i]);
            if (c.hasRing()) {
                out.append(' ').append(c.ringOf(i));
            }
            if (c.hasTime()) {
                out.append(' ').append(c.timeOffsetNanos()[i]);
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** Point by point. */
    static byte[] structs(PointCloud c, ByteOrder order) {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(c.size(), bytes(c))).order(order);
        for (int i = 0; i < c.size(); i++) {
            out.putFloat(c.x()[i]).putFloat(c.y()[i]).putFloat(c.z()[i]);
            out.putFloat(c.intensity()[i]);
            if (c.hasRing()) {
                out.putShort(c.ring()[i]);
            }
            if (c.hasTime()) {
                out.putInt(c.timeOffsetNanos()[i]);
            }
        }
        return out.array();
    }
}
