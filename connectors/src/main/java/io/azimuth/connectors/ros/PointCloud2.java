package io.azimuth.connectors.ros;

import io.azimuth.connectors.format.CloudFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sensor_msgs/PointCloud2} with its points still in the message. What the message declares
 * has been checked against the bytes that are there.
 *
 * @param stampNanos of the header, since the epoch; whether it is the start or the end of the sweep
 *     depends on the driver
 * @param frameId sensor frame, free text
 * @param points height times width
 * @param width points in a row
 * @param rowBytes from row to row
 * @param dataAt index of the first point in the message's array
 */
public record PointCloud2(
        RosMessage message,
        long stampNanos,
        String frameId,
        int points,
        int width,
        int pointBytes,
        long rowBytes,
        boolean bigEndian,
        List<PointField> fields,
        int dataAt) {

    /** Names under which the type goes in ROS 1 and in ROS 2. */
    private static final List<String> TYPES =
            List.of("sensor_msgs/PointCloud2", "sensor_msgs/msg/PointCloud2");

    private static final int MOST_FIELDS = 256;
    private static final int LEAST_FIELD_BYTES = 13;
    private static final long SECOND = 1_000_000_000L;

    /** Whether a type's name is this message's. */
    public static boolean isType(String type) {
        return TYPES.contains(type);
    }

    /**
     * Reads all but the points.
     *
     * @throws io.azimuth.perception.geometry.MalformedDataException naming file and byte
     */
    public static PointCloud2 parse(RosMessage message, RosEncoding encoding) {
        MessageReader in = new MessageReader(message, encoding);
        long stamp = stamp(in, encoding);
        String frame = in.string("frame_id");
        long height = in.u32("height");
        long width = in.u32("width");
        if (height > CloudFormat.MAX_POINTS
                || width > CloudFormat.MAX_POINTS
                || height * width > CloudFormat.MAX_POINTS) {
            throw in.fault(
                    "%d rows of %d points, accepted are at most %d points"
                            .formatted(height, width, CloudFormat.MAX_POINTS));
        }
        List<PointField> fields = fields(in);
        boolean bigEndian = in.bool("is_bigendian");
        long pointBytes = in.u32("point_step");
        long rowBytes = in.u32("row_step");
        int length = in.length("data", 1);
        int dataAt = in.at();
        if (height * width > 0) {
            long least = width * pointBytes;
            if (height == 1 || rowBytes == 0) {
                rowBytes = least; // one row needs no step, and sloppy drivers leave it out
            }
            long needed = (height - 1) * rowBytes + least;
            if (pointBytes == 0 || rowBytes < least || needed > length) {
                throw in.fault(
                        "%d rows of %d points, point_step %d, row_step %d need %d bytes, data has %d"
                                .formatted(height, width, pointBytes, rowBytes, needed, length));
            }
        }
        return new PointCloud2(
                message,
                stamp,
                frame,
                (int) (height * width),
                (int) width,
                (int) pointBytes,
                rowBytes,
                bigEndian,
                fields,
                dataAt);
    }

    /**
     * Reads the stamp alone; the first bytes of a message will do.
     *
     * @throws io.azimuth.perception.geometry.MalformedDataException if they are too few
     */
    public static long stampNanos(RosMessage message, RosEncoding encoding) {
        return stamp(new MessageReader(message, encoding), encoding);
    }

    private static long stamp(MessageReader in, RosEncoding encoding) {
        if (encoding == RosEncoding.ROS1) {
            in.skip(4, "seq");
        }
        long seconds = encoding == RosEncoding.ROS1 ? in.u32("sec") : in.i32("sec");
        return seconds * SECOND + in.u32("nanosec");
    }

    private static List<PointField> fields(MessageReader in) {
        int n = in.length("fields", LEAST_FIELD_BYTES);
        if (n > MOST_FIELDS) {
            throw in.fault("%d fields, accepted are at most %d".formatted(n, MOST_FIELDS));
        }
        List<PointField> out = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            String name = in.string("field name");
            out.add(
                    new PointField(
                            name, in.u32("field offset"), in.u8("datatype"), in.u32("count")));
        }
        return List.copyOf(out);
    }

    /** The same with another stamp. */
    public PointCloud2 withStamp(long nanos) {
        return new PointCloud2(
                message,
                nanos,
                frameId,
                points,
                width,
                pointBytes,
                rowBytes,
                bigEndian,
                fields,
                dataAt);
    }

    /** The first of these names that there is a usable field of, whatever its case. */
    @Nullable PointField find(List<String> names) {
        for (String name : names) {
            for (PointField f : fields) {
                if (f.name().equalsIgnoreCase(name)) {
                    return f;
                }
            }
        }
        return null;
    }

    /** Names and types, e.g. {@code x float32, time float32}. */
    String fieldList() {
        return String.join(
                ", ", fields.stream().map(f -> f.name() + " " + f.type()).limit(32).toList());
    }

    /** Index of a point's first byte in the message's array. */
    int pointAt(int row, int column) {
        return (int) (dataAt + row * rowBytes + (long) column * pointBytes);
    }

    int rows() {
        return width == 0 ? 0 : points / width;
    }
}
