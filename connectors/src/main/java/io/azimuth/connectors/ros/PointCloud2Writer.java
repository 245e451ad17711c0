package io.azimuth.connectors.ros;

import io.azimuth.perception.geometry.PointCloud;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code sensor_msgs/msg/PointCloud2} as little-endian CDR, as ROS 2 records it: x, y, z,
 * intensity as float32, {@code t} as uint32 nanoseconds and {@code ring} as uint16 where the cloud
 * has them, rows padded to four bytes. {@link PointCloud2} reads it back. Stateless.
 */
public final class PointCloud2Writer {
    /** Name of the type. */
    public static final String TYPE = "sensor_msgs/msg/PointCloud2";

    private static final String RULE = "=".repeat(80) + "\n";

    /** The type and those it is made of, in ROS 2's language of messages. */
    public static final String DEFINITION =
            """
            std_msgs/Header header
            uint32 height
            uint32 width
            sensor_msgs/PointField[] fields
            bool is_bigendian
            uint32 point_step
            uint32 row_step
            uint8[] data
            bool is_dense
            """
                    + RULE
                    + """
                    MSG: std_msgs/Header
                    builtin_interfaces/Time stamp
                    string frame_id
                    """
                    + RULE
                    + """
                    MSG: builtin_interfaces/Time
                    int32 sec
                    uint32 nanosec
                    """
                    + RULE
                    + """
                    MSG: sensor_msgs/PointField
                    string name
                    uint32 offset
                    uint8 datatype
                    uint32 count
                    """;

    private static final int UINT16 = 4;
    private static final int UINT32 = 6;
    private static final int FLOAT32 = 7;
    private static final long SECOND = 1_000_000_000L;

    private record Field(String name, int offset, int type) {}

    private PointCloud2Writer() {}

    /**
     * One message.
     *
     * @param stampNanos of the sweep's start, since the epoch, 0 .. 2^31 seconds
     * @param frameId name of the sensor's frame
     */
    public static byte[] cdr(PointCloud cloud, long stampNanos, String frameId) {
        List<Field> fields = fields(cloud);
        int step = 16 + (cloud.hasTime() ? 4 : 0) + (cloud.hasRing() ? 4 : 0);
        Body out = new Body();
        out.u32((int) Math.floorDiv(stampNanos, SECOND))
                .u32((int) Math.floorMod(stampNanos, SECOND));
        out.string(frameId).u32(1).u32(cloud.size()).u32(fields.size());
        for (Field f : fields) {
            out.string(f.name).u32(f.offset).u8(f.type).u32(1);
        }
        int length = Math.multiplyExact(cloud.size(), step);
        out.u8(0).u32(step).u32(length).u32(length);
        out.bytes(points(cloud, step, length)).u8(1);
        return out.message();
    }

    private static List<Field> fields(PointCloud cloud) {
        List<Field> out = new ArrayList<>();
        int offset = 0;
        for (String name : List.of("x", "y", "z", "intensity")) {
            out.add(new Field(name, offset, FLOAT32));
            offset += 4;
        }
        if (cloud.hasTime()) {
            out.add(new Field("t", offset, UINT32));
            offset += 4;
        }
        if (cloud.hasRing()) {
            out.add(new Field("ring", offset, UINT16));
        }
        return out;
    }

    private static byte[] points(PointCloud c, int step, int length) {
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < c.size(); i++) {
            out.position(i * step);
            out.putFloat(c.x()[i]).putFloat(c.y()[i]).putFloat(c.z()[i]);
            out.putFloat(c.intensity()[i]);
            if (c.hasTime()) {
                out.putInt(c.timeOffsetNanos()[i]);
            }
            if (c.hasRing()) {
                out.putShort(c.ring()[i]);
            }
        }
        return out.array();
    }

    /** CDR: numbers stand at multiples of their size behind the encapsulation's four bytes. */
    private static final class Body {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Body u8(int v) {
            out.write(v);
            return this;
        }

        Body u32(int v) {
            while (out.size() % 4 != 0) {
                out.write(0);
            }
            for (int shift = 0; shift < 32; shift += 8) {
                out.write(v >>> shift);
            }
            return this;
        }

        Body string(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            u32(bytes.length + 1);
            out.writeBytes(bytes);
            return u8(0);
        }

        Body bytes(byte[] data) {
            out.writeBytes(data);
            return this;
        }

        byte[] message() {
            byte[] body = out.toByteArray();
            return ByteBuffer.allocate(4 + body.length)
                    .put(new byte[] {0, 1, 0, 0})
                    .put(body)
                    .array();
        }
    }
}
