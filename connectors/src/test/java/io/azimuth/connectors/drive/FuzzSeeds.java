package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.Clouds;
import io.azimuth.connectors.mcap.McapCompression;
import io.azimuth.connectors.mcap.McapWriter;
import io.azimuth.connectors.mcap.McapWriterOptions;
import io.azimuth.connectors.ros.PointCloud2Writer;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sound files to damage that no golden file is. */
final class FuzzSeeds {
    private static final long START = 1_700_000_000_000_000_000L;

    private FuzzSeeds() {}

    /** A {@code db.xml} of 64 lasers. */
    static byte[] calibrationXml() {
        String item =
                "<item><px><id_>%d</id_><rotCorrection_>1.5</rotCorrection_><vertCorrection_>-%d.5</vertCorrection_></px></item>";
        return "<DB><distLSB_>0.2</distLSB_><points_>%s</points_></DB>"
                .formatted(
                        IntStream.range(0, 64)
                                .mapToObj(i -> item.formatted(i, i))
                                .collect(Collectors.joining("\n")))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** An indexed MCAP of so many small sweeps that a glance at it reads a few of them only. */
    static byte[] manySweeps(Path file) throws IOException {
        McapWriterOptions options =
                McapWriterOptions.of(McapCompression.ZSTD).withChunkNanos(1_000_000_000L);
        try (McapWriter writer = McapWriter.create(file, options)) {
            byte[] text = PointCloud2Writer.DEFINITION.getBytes(StandardCharsets.UTF_8);
            var schema = writer.addSchema(PointCloud2Writer.TYPE, "ros2msg", text);
            var channel = writer.addChannel(schema, "/velodyne", "cdr", Map.of());
            PointCloud one = Clouds.random(new Random(3), 3, true, true);
            for (int i = 0; i < 70; i++) {
                long stamp = START + i * 100_000_000L;
                byte[] data = PointCloud2Writer.cdr(one, stamp, "lidar");
                writer.write(channel, stamp + 30_000_000, data);
            }
        }
        return Files.readAllBytes(file);
    }
}
