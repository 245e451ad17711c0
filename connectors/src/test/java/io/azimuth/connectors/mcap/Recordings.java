package io.azimuth.connectors.mcap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Recordings for tests: three channels, chunks that overlap in time, two attachments. */
final class Recordings {
    private Recordings() {}

    /** One message as text: everything that must survive. */
    static String row(McapMessage m) {
        McapSchema schema = m.channel().schema();
        return "%s %s %d %d %d %s"
                .formatted(
                        m.channel().topic(),
                        schema == null ? "-" : schema.name(),
                        m.sequence(),
                        m.logTimeNanos(),
                        m.publishTimeNanos(),
                        java.util.HexFormat.of().formatHex(m.data()));
    }

    static List<String> rows(Iterator<McapMessage> messages) {
        List<String> out = new ArrayList<>();
        messages.forEachRemaining(m -> out.add(row(m)));
        return out;
    }

    static List<String> rows(Path file) throws IOException {
        try (McapReader reader = McapReader.open(file)) {
            return rows(reader.messages());
        }
    }

    /** Writes a recording and returns its messages as they must come out. */
    static List<McapMessage> write(
            Path file, McapWriterOptions options, RandomGenerator rnd, int messages)
            throws IOException {
        List<McapMessage> written = new ArrayList<>();
        try (McapWriter writer = McapWriter.create(file, options)) {
            written.addAll(fill(writer, rnd, messages));
        }
        written.sort(
                Comparator.comparing(McapMessage::logTimeNanos, Long::compareUnsigned)); // stable
        return written;
    }

    /** In the order of writing; log times wander back by up to half a second. */
    static List<McapMessage> fill(McapWriter writer, RandomGenerator rnd, int messages)
            throws IOException {
        List<McapChannel> channels = channels(writer);
        writer.write(new McapMetadata("drive", Map.of("place", "Zürich")));
        List<McapMessage> written = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            long time = 1_700_000_000_000_000_000L + i * 50_000_000L + rnd.nextInt(500_000_000);
            byte[] data = new byte[rnd.nextInt(300)];
            for (int k = 0; k < data.length; k += 3) {
                data[k] = (byte) rnd.nextInt();
            }
            McapChannel channel = channels.get(rnd.nextInt(channels.size()));
            McapMessage message = new McapMessage(channel, i, time - i % 7, time, data);
            writer.write(message);
            written.add(message);
        }
        writer.write(
                new McapAttachment(
                        "calib.txt", "text/plain", 5, 6, "1 0 0".getBytes(StandardCharsets.UTF_8)));
        return written;
    }

    static List<McapChannel> channels(McapWriter writer) {
        byte[] text = "float64 x\n".getBytes(StandardCharsets.UTF_8);
        McapSchema points = writer.addSchema("test/Points", "ros2msg", text);
        McapSchema poses = writer.addSchema("test/Pose", "ros2msg", text.clone());
        Map<String, String> facts = new TreeMap<>(Map.of("offered_qos", "", "frame", "lidar"));
        return List.of(
                writer.addChannel(points, "/points", "cdr", facts),
                writer.addChannel(poses, "/pose", "cdr", Map.of()),
                writer.addChannel(null, "/log", "json", Map.of()));
    }
}
