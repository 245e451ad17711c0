package io.azimuth.connectors.drive;

import io.azimuth.connectors.mcap.McapChannel;
import io.azimuth.connectors.mcap.McapDamage;
import io.azimuth.connectors.mcap.McapReader;
import io.azimuth.connectors.mcap.McapSchema;
import io.azimuth.connectors.ros.PointCloud2;
import io.azimuth.connectors.ros.RosTopic;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An MCAP file, or the folder of a ROS 2 recording: {@code metadata.yaml} and one or more {@code
 * .mcap} files, which are parts of one recording.
 */
final class McapLayout implements DriveLayout {
    private static final int[] MAGIC = {0x89, 'M', 'C', 'A', 'P'};

    @Override
    public String lookedFor() {
        return "MCAP: a .mcap file, or a ROS 2 folder of metadata.yaml and .mcap files";
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        if (Files.isRegularFile(path)) {
            return path.toString().endsWith(".mcap") || isMcap(path)
                    ? open(path, List.of(path), "the file starts as MCAP does", options)
                    : null;
        }
        if (!Files.isRegularFile(path.resolve("metadata.yaml"))) {
            return null;
        }
        List<Path> parts = files(path, ".mcap");
        if (!parts.isEmpty()) {
            return open(path, parts, "metadata.yaml and .mcap files", options);
        }
        if (!files(path, ".db3").isEmpty() || !files(path, ".zstd").isEmpty()) {
            throw MalformedDataException.at(path.toString(), 0, ForeignFormats.SQLITE);
        }
        return null;
    }

    private static boolean isMcap(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            for (int expected : MAGIC) {
                if (in.read() != expected) {
                    return false;
                }
            }
            return true;
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(p -> p.toString().endsWith(ending) && Files.isRegularFile(p))
                    .sorted(
                            Comparator.comparing(
                                    p -> p.getFileName().toString(), SweepFolder::natural))
                    .toList();
        }
    }

    private static Drive open(Path path, List<Path> parts, String guess, DriveOptions options)
            throws IOException {
        List<McapReader> readers = new ArrayList<>();
        try {
            StringBuilder remark = new StringBuilder();
            for (Path part : parts) {
                McapReader reader = McapReader.open(part);
                readers.add(reader);
                remark.append(remark(part, reader.damage()));
            }
            List<RosTopic> topics = topics(readers);
            RosTopic topic = TopicChoice.of(path, topics, options.topic());
            McapClouds clouds = McapClouds.of(parts, readers, c -> isCloudOf(c, topic.name()));
            String which = "; topic %s of %d".formatted(topic.name(), topics.size());
            boolean glance = options.glance() && readers.stream().allMatch(McapReader::indexed);
            return RosDrive.open(path, "mcap", guess + which + remark, clouds, glance);
        } catch (IOException | RuntimeException e) {
            for (McapReader reader : readers) {
                reader.close();
            }
            throw e;
        }
    }

    private static String remark(Path part, @Nullable McapDamage damage) {
        return damage == null
                ? ""
                : "; %s scanned, %d bytes lost: %s"
                        .formatted(part.getFileName(), damage.bytesLost(), damage.reason());
    }

    private static List<RosTopic> topics(List<McapReader> readers) throws IOException {
        Map<String, RosTopic> out = new TreeMap<>();
        for (McapReader reader : readers) {
            for (McapChannel channel : reader.channels()) {
                RosTopic topic =
                        new RosTopic(channel.topic(), type(channel), reader.messageCount(channel));
                out.merge(
                        topic.name() + '\0' + topic.type(),
                        topic,
                        (a, b) -> new RosTopic(a.name(), a.type(), a.messages() + b.messages()));
            }
        }
        return List.copyOf(out.values());
    }

    /** The schema's name; with the encoding in front where that is none of ROS. */
    private static String type(McapChannel channel) {
        McapSchema schema = channel.schema();
        String name = schema == null ? "no schema" : schema.name();
        String encoding = channel.messageEncoding();
        return encoding.equals("cdr") || encoding.equals("ros1") ? name : encoding + " " + name;
    }

    private static boolean isCloudOf(McapChannel channel, String topic) {
        return channel.topic().equals(topic) && PointCloud2.isType(type(channel));
    }
}
