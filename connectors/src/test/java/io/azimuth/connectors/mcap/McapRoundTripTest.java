package io.azimuth.connectors.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class McapRoundTripTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BASE = 1_700_000_000L * SECOND;

    @TempDir private Path folder;

    private static McapWriterOptions small(McapCompression compression) {
        return McapWriterOptions.of(compression).withChunkBytes(4096).withProfile("ros2");
    }

    private static List<String> rows(List<McapMessage> messages) {
        return messages.stream().map(Recordings::row).toList();
    }

    @ParameterizedTest
    @EnumSource(McapCompression.class)
    void whatIsWrittenComesBackInTimeOrder(McapCompression compression) throws IOException {
        Path file = folder.resolve("a.mcap");
        List<McapMessage> written =
                Recordings.write(file, small(compression), new SplittableRandom(1), 500);

        try (McapReader reader = McapReader.open(file);
                McapReader scan = McapReader.scan(file)) {
            assertThat(reader.indexed()).isTrue();
            assertThat(reader.damage()).isNull();
            assertThat(reader.profile()).isEqualTo("ros2");
            assertThat(reader.chunkCount()).isGreaterThan(10);
            assertThat(Recordings.rows(reader.messages())).isEqualTo(rows(written));
            assertThat(reader.messageCount()).isEqualTo(500);
            assertThat(reader.startNanos()).isEqualTo(written.get(0).logTimeNanos());
            assertThat(reader.endNanos()).isEqualTo(written.get(499).logTimeNanos());
            assertThat(reader.channels("/points").get(0).metadata()).containsKey("offered_qos");
            assertThat(reader.metadata(0).entries()).isEqualTo(Map.of("place", "Zürich"));
            assertThat(reader.attachment(0).data()).asString().isEqualTo("1 0 0");

            assertThat(scan.indexed()).isFalse();
            assertThat(scan.damage()).isNull();
            assertThat(Recordings.rows(scan.messages())).isEqualTo(rows(written));
            assertThat(scan.channels()).isEqualTo(reader.channels());
            for (McapChannel c : scan.channels()) {
                assertThat(scan.messageCount(c)).isEqualTo(reader.messageCount(c)).isPositive();
            }
        }
    }

    @Test
    void topicsAndTimesAreFiltered() throws IOException {
        Path file = folder.resolve("a.mcap");
        List<McapMessage> written =
                Recordings.write(file, small(McapCompression.ZSTD), new SplittableRandom(2), 400);
        long first = written.get(100).logTimeNanos();
        long last = written.get(250).logTimeNanos();
        List<String> expected =
                written.stream()
                        .filter(m -> m.channel().topic().equals("/pose"))
                        .filter(m -> m.logTimeNanos() >= first && m.logTimeNanos() <= last)
                        .map(Recordings::row)
                        .toList();

        try (McapReader reader = McapReader.open(file)) {
            assertThat(
                            Recordings.rows(
                                    reader.messages(c -> c.topic().equals("/pose"), first, last)))
                    .isNotEmpty()
                    .isEqualTo(expected);
            assertThat(reader.messages(c -> false).hasNext()).isFalse();
        }
    }

    @Test
    void anyMessageOfATopicIsFetchedThroughItsIndex() throws IOException {
        Path file = folder.resolve("a.mcap");
        List<McapMessage> written =
                Recordings.write(file, small(McapCompression.LZ4), new SplittableRandom(3), 300);
        List<McapMessage> poses =
                written.stream().filter(m -> m.channel().topic().equals("/pose")).toList();

        try (McapReader reader = McapReader.open(file)) {
            McapIndex index = reader.index(c -> c.topic().equals("/pose"));
            assertThat(index.size()).isEqualTo(poses.size());
            for (int i = poses.size() - 1; i >= 0; i -= 7) {
                assertThat(Recordings.row(reader.read(index, i)))
                        .isEqualTo(Recordings.row(poses.get(i)));
                assertThat(index.logTimeNanos(i)).isEqualTo(poses.get(i).logTimeNanos());
            }
        }
    }

    @Test
    void equalTimesKeepTheOrderOfTheFile() throws IOException {
        Path file = folder.resolve("a.mcap");
        List<Integer> found = new ArrayList<>();
        try (McapWriter writer = McapWriter.create(file, small(McapCompression.NONE))) {
            List<McapChannel> channels = Recordings.channels(writer);
            for (int i = 0; i < 100; i++) {
                byte[] data = new byte[200];
                writer.write(new McapMessage(channels.get((i * 2) % 3), i, BASE, BASE, data));
            }
        }

        try (McapReader reader = McapReader.open(file)) {
            assertThat(reader.chunkCount()).isGreaterThan(3);
            reader.messages().forEachRemaining(m -> found.add(m.sequence()));
        }
        assertThat(found).hasSize(100).isSorted();
    }

    @Test
    void timesAreUnsigned() throws IOException {
        Path file = folder.resolve("a.mcap");
        List<Long> found = new ArrayList<>();
        try (McapWriter writer = McapWriter.create(file, small(McapCompression.NONE))) {
            McapChannel log = Recordings.channels(writer).get(2);
            for (long time : new long[] {-1, 0, Long.MAX_VALUE, Long.MIN_VALUE}) {
                writer.write(log, time, new byte[0]);
            }
        }

        try (McapReader reader = McapReader.open(file)) {
            reader.messages().forEachRemaining(m -> found.add(m.logTimeNanos()));
            assertThat(reader.endNanos()).isEqualTo(-1);
        }
        assertThat(found).containsExactly(0L, Long.MAX_VALUE, Long.MIN_VALUE, -1L);
    }

    @Test
    void chunksEndAfterTheirSpanOfLogTime() throws IOException {
        Path file = folder.resolve("a.mcap");
        try (McapWriter writer =
                McapWriter.create(file, McapWriterOptions.of(McapCompression.NONE))) {
            McapChannel log = Recordings.channels(writer).get(2);
            for (int tenth = 0; tenth < 40; tenth++) {
                writer.write(log, BASE + tenth * SECOND / 10, new byte[10]);
            }
        }

        try (McapReader reader = McapReader.open(file)) {
            McapIndex index = reader.index(c -> true);
            for (int i = 1; i < 40; i++) {
                assertThat(index.chunk(i)).isEqualTo(i / 11);
            }
        }
    }

    @Test
    void theSameCallsGiveTheSameBytes() throws IOException {
        for (McapCompression compression : McapCompression.values()) {
            Path a = folder.resolve("a" + compression);
            Path b = folder.resolve("b" + compression);
            Recordings.write(a, small(compression), new SplittableRandom(4), 300);
            Recordings.write(b, small(compression), new SplittableRandom(4), 300);
            assertThat(a).hasSameBinaryContentAs(b);
        }
    }

    @Test
    void aQuietSensorsZerosAreNoBomb() throws IOException {
        Path file = folder.resolve("a.mcap");
        McapWriterOptions options =
                McapWriterOptions.of(McapCompression.ZSTD).withChunkBytes(16 << 20);
        try (McapWriter writer = McapWriter.create(file, options)) {
            writer.write(Recordings.channels(writer).get(2), BASE, new byte[12 << 20]);
        }

        try (McapReader reader = McapReader.open(file)) {
            assertThat(reader.messages().next().data()).hasSize(12 << 20).containsOnly(0);
        }
    }

    @Test
    void emptyRecordingsAreWhole() throws IOException {
        Path file = folder.resolve("a.mcap");
        McapWriter.create(file, small(McapCompression.LZ4)).close();

        try (McapReader reader = McapReader.open(file)) {
            assertThat(reader.damage()).isNull();
            assertThat(reader.messages().hasNext()).isFalse();
            assertThat(reader.channels()).isEmpty();
        }
    }

    @Test
    void wrongCallsAreNamed() throws IOException {
        Path file = folder.resolve("a.mcap");
        McapWriter writer = McapWriter.create(file, small(McapCompression.LZ4));
        McapChannel strange = new McapChannel(77, null, "/strange", "json", Map.of());

        assertThatThrownBy(() -> writer.write(strange, 0, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/strange");
        writer.close();
        writer.close();
        assertThatThrownBy(writer::flush).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> McapWriter.create(file, small(McapCompression.LZ4)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.size(file)).isPositive();
    }
}
