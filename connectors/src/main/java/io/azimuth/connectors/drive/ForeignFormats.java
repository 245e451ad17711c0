package io.azimuth.connectors.drive;

import io.azimuth.connectors.ros.RosTopic;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files and messages that people have and that are not read: refused with what to do instead. */
final class ForeignFormats {
    /** What to do with ROS 2's other storage. */
    static final String SQLITE =
            "this version of a ROS 2 recording (SQLite .db3 or packed as a file) is not read; convert it to MCAP: "
                    + "ros2 bag convert -i IN -o out.yaml with 'storage_id: mcap', or the mcap tool: mcap convert IN.db3 OUT.mcap";

    private static final int MAGIC_BYTES = 16;
    private static final int MOST_FILES = 10_000;

    /**
     * A kind of file.
     *
     * @param magic its first bytes
     * @param endings of its names, in small letters
     */
    private record Kind(String magic, List<String> endings, String remedy) {
        boolean named(Path file) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            return endings.stream().anyMatch(name::endsWith);
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    new Kind(
                            "LASF",
                            List.of(".las", ".laz"),
                            "LAS and LAZ are not read (they hold maps, not sweeps); convert the file to PLY: pdal translate IN.laz OUT.ply"),
                    new Kind(
                            "ASTM-E57",
                            List.of(".e57"),
                            "E57 is not read; convert each scan to PLY: pdal translate IN.e57 OUT.ply, or export it from CloudCompare"),
                    new Kind("SQLite format 3", List.of(".db3"), SQLITE),
                    new Kind(
                            "livox_tech",
                            List.of(".lvx", ".lvx2"),
                            "Livox's LVX is not read; export PCD from Livox Viewer, or record sensor_msgs/PointCloud2 (livox_ros_driver2 with xfer_format 0)"));

    private ForeignFormats() {}

    /**
     * Refuses a file of such a kind, by its first bytes or its name.
     *
     * @throws MalformedDataException with the remedy
     */
    static void refuseFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        String begin;
        try (InputStream in = Files.newInputStream(file)) {
            begin = new String(in.readNBytes(MAGIC_BYTES), StandardCharsets.ISO_8859_1);
        }
        for (Kind kind : KINDS) {
            if (begin.startsWith(kind.magic()) || kind.named(file)) {
                throw MalformedDataException.at(file.toString(), 0, kind.remedy());
            }
        }
    }

    /**
     * Refuses a folder in which no drive was found but files of such a kind lie.
     *
     * @throws MalformedDataException with the remedy
     */
    static void refuseFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.limit(MOST_FILES).sorted().toList();
        }
        for (Path file : files) {
            for (Kind kind : KINDS) {
                if (kind.named(file)) {
                    throw MalformedDataException.at(file.toString(), 0, kind.remedy());
                }
            }
        }
    }

    /** What to do with a topic whose messages hold a LiDAR's data in another form; null if none. */
    static @Nullable String remedy(RosTopic topic) {
        String type = topic.type();
        if (type.endsWith("/CustomMsg")) {
            return "Livox's %s is not read; record sensor_msgs/PointCloud2 (livox_ros_driver2 with xfer_format 0), or convert the recording with it"
                    .formatted(type);
        }
        if (type.endsWith("/VelodyneScan") || type.endsWith("/PacketMsg")) {
            return "the packets of %s are not read out of recordings; play it through the driver's cloud node and record sensor_msgs/PointCloud2, or capture the network (pcap)"
                    .formatted(type);
        }
        return null;
    }
}
