package io.azimuth.connectors.drive;

import io.azimuth.connectors.mcap.McapChannel;
import io.azimuth.connectors.mcap.McapCompression;
import io.azimuth.connectors.mcap.McapSchema;
import io.azimuth.connectors.mcap.McapWriter;
import io.azimuth.connectors.mcap.McapWriterOptions;
import io.azimuth.connectors.ros.PointCloud2Writer;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes sweeps of a drive into an MCAP file as ROS 2 records them, one topic a sensor ({@code
 * /<sensor id>/points}), so that {@link Drives#open} and any MCAP tool read them. One sweep is in
 * memory at a time.
 */
public final class McapDriveWriter {
    private McapDriveWriter() {}

    /**
     * Writes sweeps {@code from} to before {@code to}, stamped with their start; logged at their
     * end.
     *
     * @param file must not exist
     * @return the number of points written
     */
    public static long write(Drive drive, int from, int to, Path file, McapCompression compression)
            throws IOException {
        long points = 0;
        McapWriterOptions options = McapWriterOptions.of(compression).withProfile("ros2");
        try (McapWriter out = McapWriter.create(file, options)) {
            McapSchema schema =
                    out.addSchema(
                            PointCloud2Writer.TYPE,
                            "ros2msg",
                            PointCloud2Writer.DEFINITION.getBytes(StandardCharsets.UTF_8));
            List<McapChannel> channels = new ArrayList<>();
            for (DriveSensor sensor : drive.info().sensors()) {
                String topic = "/" + sensor.sensorId() + "/points";
                channels.add(out.addChannel(schema, topic, "cdr", Map.of()));
            }
            PointCloud cloud = new PointCloud();
            for (int i = from; i < to; i++) {
                Sweep sweep = drive.read(i, cloud);
                String frame = sweep.sensorId();
                out.write(
                        channels.get(drive.key(i).sensor()),
                        sweep.endNanos(),
                        PointCloud2Writer.cdr(sweep.points(), sweep.startNanos(), frame));
                points += sweep.points().size();
            }
        }
        return points;
    }
}
