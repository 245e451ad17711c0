package io.azimuth.connectors.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class McapDamageTest {
    private static final int MESSAGES = 150;

    @TempDir private Path folder;
    private Path file = Path.of("");
    private byte[] whole = new byte[0];

    /** Messages by the end of their chunk in the file, in the file's order. */
    private final List<String> rows = new ArrayList<>();

    private final List<Long> chunkEnds = new ArrayList<>();

    @BeforeEach
    void record() throws IOException {
        record(McapCompression.ZSTD);
    }

    private void record(McapCompression compression) throws IOException {
        rows.clear();
        chunkEnds.clear();
        file = folder.resolve(compression + ".mcap");
        Files.deleteIfExists(file);
        McapWriterOptions options = McapWriterOptions.of(compression).withChunkBytes(2048);
        Recordings.write(file, options, new SplittableRandom(6), MESSAGES);
        whole = Files.readAllBytes(file);
        try (McapReader reader = McapReader.open(file)) {
            reader.forEachInFileOrder(m -> rows.add(Recordings.row(m)));
        }
        for (FileBytesWalk.Record r : FileBytesWalk.of(whole)) {
            if (r.opcode() == Opcode.CHUNK) {
                chunkEnds.add(r.end());
            }
        }
    }

    private Path damaged(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("damaged.mcap"), bytes);
    }

    private List<String> inFileOrder(McapReader reader) throws IOException {
        List<String> out = new ArrayList<>();
        reader.forEachInFileOrder(m -> out.add(Recordings.row(m)));
        return out;
    }

    /** A cut at every 41st byte: all messages of whole chunks, and no other. */
    @ParameterizedTest
    @EnumSource(McapCompression.class)
    void aCutFileKeepsAllItsWholeChunks(McapCompression compression) throws IOException {
        record(compression);
        int[] messagesIn = messagesByChunk();

        for (int cut = whole.length - 1; cut >= 8; cut -= 41) {
            long end = cut;
            int chunks = (int) chunkEnds.stream().filter(e -> e <= end).count();
            int expected = Arrays.stream(messagesIn).limit(chunks).sum();
            try (McapReader reader = McapReader.open(damaged(Arrays.copyOf(whole, cut)))) {
                assertThat(inFileOrder(reader)).as("cut at %d", cut).hasSize(expected);
                assertThat(reader.damage()).as("cut at %d", cut).isNotNull();
            }
        }
    }

    private int[] messagesByChunk() throws IOException {
        int[] out = new int[chunkEnds.size()];
        try (McapReader reader = McapReader.open(file)) {
            McapIndex index = reader.index(c -> true);
            for (int i = 0; i < index.size(); i++) {
                out[index.chunk(i)]++;
            }
        }
        return out;
    }

    @Test
    void aCutIsReportedWithItsPlaceAndLoss() throws IOException {
        int cut = (int) (chunkEnds.get(3) - 10);
        try (McapReader reader = McapReader.open(damaged(Arrays.copyOf(whole, cut)))) {
            McapDamage damage = reader.damage();
            assertThat(damage).isNotNull();
            assertThat(damage.reason()).contains("damaged.mcap").contains("Chunk").contains("cut");
            assertThat(damage.bytesLost()).isBetween(1L, 2048L);
        }
    }

    @Test
    void aFlippedBitLosesOnlyItsChunk() throws IOException {
        byte[] bytes = whole.clone();
        bytes[(int) (chunkEnds.get(2) - 20)] ^= 4;
        int lost = messagesByChunk()[2];

        try (McapReader byIndex = McapReader.open(damaged(bytes));
                McapReader scan = McapReader.scan(damaged(bytes))) {
            assertThatThrownBy(() -> Recordings.rows(byIndex.messages()))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("damaged.mcap: byte ");
            assertThat(inFileOrder(scan)).hasSize(MESSAGES - lost);
            assertThat(scan.damage()).isNotNull();
            assertThat(scan.damage().faults()).isEqualTo(1);
        }
    }

    /** The only records that describe its channels lie in the first chunk, and in the summary. */
    @Test
    void channelsOfALostChunkAreKnownFromTheSummary() throws IOException {
        byte[] bytes = whole.clone();
        bytes[(int) (chunkEnds.get(0) - 20)] ^= 4;

        try (McapReader scan = McapReader.scan(damaged(bytes))) {
            assertThat(inFileOrder(scan)).hasSize(MESSAGES - messagesByChunk()[0]);
        }
    }

    @Test
    void aBadSummaryIsNotBelieved() throws IOException {
        byte[] bytes = whole.clone();
        bytes[bytes.length - 200] ^= 1;

        try (McapReader reader = McapReader.open(damaged(bytes))) {
            assertThat(reader.indexed()).isFalse();
            assertThat(inFileOrder(reader)).isEqualTo(rows);
            assertThat(reader.damage()).isNotNull();
            assertThat(reader.damage().bytesLost()).isZero();
            assertThat(reader.damage().reason()).contains("summary checksum");
        }
    }

    @Test
    void unknownRecordsAreSkipped() throws IOException {
        byte[] record = {(byte) 0x91, 3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3};
        int at = (int) (long) chunkEnds.get(1);
        byte[] bytes = new byte[at + record.length];
        System.arraycopy(whole, 0, bytes, 0, at);
        System.arraycopy(record, 0, bytes, at, record.length);

        try (McapReader reader = McapReader.open(damaged(bytes))) {
            assertThat(inFileOrder(reader)).hasSize(messagesByChunk()[0] + messagesByChunk()[1]);
            assertThat(reader.damage()).isNotNull();
            assertThat(reader.damage().bytesLost()).isZero();
        }
    }

    @Test
    void bombsAreRefusedByTheirHeader() throws IOException {
        for (long size : new long[] {-1, 1L << 40, ChunkLimits.MOST_BYTES + 1, 200L << 20}) {
            byte[] bytes = whole.clone();
            FileBytesWalk.Record chunk =
                    FileBytesWalk.of(whole).stream()
                            .filter(r -> r.opcode() == Opcode.CHUNK)
                            .findFirst()
                            .orElseThrow();
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong((int) chunk.at() + Opcode.HEAD_BYTES + 16, size);

            try (McapReader reader = McapReader.scan(damaged(bytes))) {
                assertThat(reader.damage()).isNotNull();
                assertThat(reader.damage().reason()).contains("accepted");
            }
        }
    }

    @Test
    void whatIsNoMcapIsRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("a.mcap"), "#ROSBAG V2.0\n");

        assertThatThrownBy(() -> McapReader.open(other))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("a.mcap: byte 0: ");
    }

    @Test
    void aRecoveredFileIsWhole() throws IOException {
        Path cut = damaged(Arrays.copyOf(whole, whole.length / 2));
        Path to = folder.resolve("recovered.mcap");

        McapRecovery.Result result = McapRecovery.recover(cut, to, McapCompression.LZ4);

        assertThat(result.damage()).isNotNull();
        assertThat(result.messages()).isPositive().isLessThan(MESSAGES);
        assertThat(result.metadata()).isEqualTo(1);
        assertThat(folder.resolve("recovered.mcap.part")).doesNotExist();
        try (McapReader reader = McapReader.open(to)) {
            assertThat(reader.indexed()).isTrue();
            assertThat(reader.damage()).isNull();
            assertThat(inFileOrder(reader)).isEqualTo(rows.subList(0, (int) result.messages()));
        }
    }

    @Test
    void aWholeFileIsCopiedWhole() throws IOException {
        Path to = folder.resolve("recovered.mcap");

        McapRecovery.Result result = McapRecovery.recover(file, to, McapCompression.NONE);

        assertThat(result)
                .isEqualTo(new McapRecovery.Result(MESSAGES, chunkEnds.size(), 1, 1, null));
        assertThatThrownBy(() -> McapRecovery.recover(file, to, McapCompression.NONE))
                .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
    }
}
