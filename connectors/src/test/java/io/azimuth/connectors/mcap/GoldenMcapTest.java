package io.azimuth.connectors.mcap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.connectors.bytes.Lz4Frame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files written by the reference library for Python ({@code golden/mcap/make.py}). */
class GoldenMcapTest {
    /** What has no index that leads to all messages must be read through. */
    private static final Set<String> SCANNED =
            Set.of("unchunked", "no_chunk_index", "no_index", "no_repeats", "no_summary");

    @TempDir private Path folder;

    static byte[] golden(String name) throws IOException {
        try (InputStream in = GoldenMcapTest.class.getResourceAsStream("/golden/mcap/" + name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }

    private static List<String> expectedRows(JsonNode twin) {
        List<String> out = new ArrayList<>();
        for (JsonNode row : twin.get("messages")) {
            String topic = row.get(0).asText();
            JsonNode schema = twin.get("channels").get(topic);
            out.add(
                    "%s %s %d %d %d %s"
                            .formatted(
                                    topic,
                                    schema.isNull() ? "-" : schema.asText(),
                                    row.get(1).asInt(),
                                    row.get(2).asLong(),
                                    row.get(3).asLong(),
                                    row.get(4).asText()));
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "lz4",
                "zstd",
                "unchunked",
                "no_message_index",
                "no_chunk_index",
                "no_index",
                "no_statistics",
                "no_repeats",
                "no_summary",
                "no_checksums",
                "data_checksum"
            })
    void recordingsOfTheReferenceLibraryAreRead(String name) throws IOException {
        Path file = Files.write(folder.resolve(name + ".mcap"), golden(name + ".mcap"));
        JsonNode twin = new ObjectMapper().readTree(golden("golden.json"));
        List<String> expected = expectedRows(twin);

        try (McapReader reader = McapReader.open(file);
                McapReader scan = McapReader.scan(file)) {
            assertThat(reader.damage()).isNull();
            assertThat(reader.indexed()).isEqualTo(!SCANNED.contains(name));
            assertThat(reader.profile()).isEqualTo("ros2");
            assertThat(Recordings.rows(reader.messages())).isEqualTo(expected);
            assertThat(reader.messageCount()).isEqualTo(40);
            assertThat(reader.messageCount(reader.channels("/pose").get(0))).isEqualTo(13);
            assertThat(reader.metadata(0).entries()).isEqualTo(Map.of("place", "Zürich"));
            assertThat(reader.attachment(0).data()).asString().isEqualTo("1 0 0");
            assertThat(reader.attachment(0).logTimeNanos()).isEqualTo(5);
            assertThat(scan.damage()).isNull();
            assertThat(Recordings.rows(scan.messages())).isEqualTo(expected);
        }
    }

    @Test
    void anEmptyRecordingOfTheReferenceLibraryIsWhole() throws IOException {
        Path file = Files.write(folder.resolve("empty.mcap"), golden("empty.mcap"));

        try (McapReader reader = McapReader.open(file)) {
            assertThat(reader.damage()).isNull();
            assertThat(reader.channels()).hasSize(3);
            assertThat(reader.messages().hasNext()).isFalse();
        }
    }

    @Test
    void linkedLz4BlocksAreUnpacked() throws IOException {
        byte[] packed = golden("linked.lz4");
        String[] twin = new String(golden("linked.crc32"), StandardCharsets.US_ASCII).split(" ");
        byte[] out = new byte[Integer.parseInt(twin[0])];

        Lz4Frame.unpack("linked.lz4", 0, packed, packed.length, out, out.length);

        CRC32 crc = new CRC32();
        crc.update(out);
        assertThat(crc.getValue()).isEqualTo(Long.parseLong(twin[1]));
    }
}
