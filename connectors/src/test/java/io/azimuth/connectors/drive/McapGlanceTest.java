package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.azimuth.connectors.mcap.McapChannel;
import io.azimuth.connectors.mcap.McapCompression;
import io.azimuth.connectors.mcap.McapReader;
import io.azimuth.connectors.mcap.McapSchema;
import io.azimuth.connectors.mcap.McapWriter;
import io.azimuth.connectors.mcap.McapWriterOptions;
import io.azimuth.connectors.ros.PointCloud2Writer;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class McapGlanceTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long PERIOD = 100_000_000L;
    private static final long DELAY = 37_000_000L;
    private static final int CHUNKS = 50;
    private static final int IN_CHUNK = 8;
    private static final int POINTS = 6_000;

    @TempDir private Path folder;

    @Test
    void aGlanceAtAnIndexedFileReadsASmallShareOfIt(TestReporter reporter) throws IOException {
        Path counter = Path.of("/proc/self/io");
        assumeTrue(Files.isReadable(counter), "/proc/self/io tells what a process has read");
        Path file = write(CHUNKS * IN_CHUNK, POINTS, new SplittableRandom(1), 0);
        try (McapReader reader = McapReader.open(file)) {
            assertThat(reader.chunkCount()).isBetween(CHUNKS, CHUNKS + 1);
        }
        glance(file).close(); // loads the classes

        long before = readBytes(counter);
        try (Drive drive = glance(file)) {
            long read = readBytes(counter) - before;
            reporter.publishEntry("read", read + " of " + Files.size(file) + " bytes");
            assertThat(read).isLessThan(Files.size(file) / 10);
            assertThat(drive.size()).isEqualTo(CHUNKS * IN_CHUNK);
            assertThat(drive.info().guess()).contains("those of recording less 37.0 ms");
        }
        before = readBytes(counter);
        try (Drive drive = Drives.open(file)) {
            assertThat(drive.info().guess()).doesNotContain("those of recording");
        }
        assertThat(readBytes(counter) - before)
                .as("opened to be replayed: each header is read")
                .isGreaterThan(Files.size(file) * 9 / 10);
    }

    @Test
    void aGlanceTellsTheSameAsReadingAllHeaders() throws IOException {
        long jitter = 2_000_000;
        Path file = write(100, 20, new SplittableRandom(2), jitter);
        try (Drive glance = glance(file);
                Drive whole = Drives.open(file)) {
            assertThat(glance.size()).isEqualTo(whole.size());
            assertThat(glance.info().periodSeconds())
                    .isCloseTo(whole.info().periodSeconds(), within(1e-9 * jitter));
            for (int i = whole.size() - 1; i >= 0; i--) {
                Sweep expected = whole.read(i, new PointCloud());
                Sweep actual = glance.read(i, new PointCloud());
                assertThat(actual.startNanos()).isEqualTo(expected.startNanos());
                assertThat(actual.points().size()).isEqualTo(expected.points().size());
                assertThat(glance.key(i).startNanos())
                        .isCloseTo(whole.key(i).startNanos(), within(2 * jitter));
                assertThat(glance.key(i).seq()).isEqualTo(whole.key(i).seq());
            }
        }
    }

    @Test
    void headersThatDoNotFollowTheTimesOfRecordingAreAllRead() throws IOException {
        Path file = write(100, 20, new SplittableRandom(3), 10 * PERIOD);
        try (Drive glance = glance(file);
                Drive whole = Drives.open(file)) {
            assertThat(glance.info().guess()).isEqualTo(whole.info().guess());
            for (int i = 0; i < whole.size(); i++) {
                assertThat(glance.key(i)).isEqualTo(whole.key(i));
            }
        }
    }

    private static Drive glance(Path file) throws IOException {
        return Drives.open(file, DriveOptions.NONE.atAGlance());
    }

    private static long readBytes(Path counter) throws IOException {
        return Long.parseLong(Files.readAllLines(counter).get(0).replaceAll("\\D", ""));
    }

    /** Sweeps at a steady rate, recorded after a delay that jitters. */
    private Path write(int sweeps, int points, SplittableRandom rnd, long jitterNanos)
            throws IOException {
        Path file = folder.resolve("drive.mcap");
        McapWriterOptions options =
                McapWriterOptions.of(McapCompression.NONE)
                        .withChunkNanos(Math.multiplyExact(IN_CHUNK, PERIOD) - 1)
                        .withProfile("ros2");
        try (McapWriter out = McapWriter.create(file, options)) {
            McapSchema schema =
                    out.addSchema(
                            PointCloud2Writer.TYPE,
                            "ros2msg",
                            PointCloud2Writer.DEFINITION.getBytes(StandardCharsets.UTF_8));
            McapChannel channel = out.addChannel(schema, "/points", "cdr", Map.of());
            PointCloud cloud = new PointCloud();
            for (int i = 0; i < sweeps; i++) {
                cloud.clear();
                for (int k = 0; k < points; k++) {
                    float x = rnd.nextFloat();
                    cloud.add(1 + x, 2, 3, x, k % 16, (int) (PERIOD * (double) k / points));
                }
                cloud.declare(true, true);
                long stamp =
                        START + i * PERIOD - (jitterNanos == 0 ? 0 : rnd.nextLong(jitterNanos));
                out.write(
                        channel,
                        START + i * PERIOD + DELAY,
                        PointCloud2Writer.cdr(cloud, stamp, "lidar"));
            }
        }
        return file;
    }
}
