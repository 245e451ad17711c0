package io.azimuth.connectors.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings of real sensors, with the maker's own digests of what they hold. */
class OusterRecordingTest {
    @ParameterizedTest
    @ValueSource(strings = {"OS-1-32-G_v2.1.1_1024x10", "OS-2-32-U0_v2.0.0_1024x10"})
    void fieldsHashToTheMakersDigest(String stem) throws Exception {
        Path folder = folder();
        JsonNode want =
                new ObjectMapper()
                        .readTree(folder.resolve(stem + "_digest.json").toFile())
                        .path("scans")
                        .path(0);
        try (PacketCapture capture = open(folder.resolve(stem + ".pcap"))) {
            assertThat(capture.size()).isOne();
            OusterImage image = ((OusterCapture) capture).image(0);
            int columns = image.present.length;
            int beams = image.rangeMm.length / columns;
            ByteBuffer range = buffer(4 * columns * beams);
            ByteBuffer reflectivity = buffer(columns * beams);
            ByteBuffer stamps = buffer(8 * columns);
            ByteBuffer ids = buffer(2 * columns);
            for (int u = 0; u < beams; u++) { // row by row, as the digests do
                for (int v = 0; v < columns; v++) {
                    range.putInt(image.rangeMm[v * beams + u]);
                    reflectivity.put(image.reflectivity[v * beams + u]);
                }
            }
            for (int v = 0; v < columns; v++) {
                stamps.putLong(image.stampNanos[v]);
                ids.putShort((short) (image.present[v] ? v : 0));
            }

            assertThat(md5(range)).isEqualTo(want.path("RANGE").asText());
            assertThat(md5(reflectivity)).isEqualTo(want.path("REFLECTIVITY").asText());
            assertThat(md5(stamps)).isEqualTo(want.path("TIMESTAMP").asText());
            assertThat(md5(ids)).isEqualTo(want.path("MEASUREMENT_ID").asText());
        }
    }

    @Test
    void twoReturnsAndTheNestedMetadataAreRead() throws IOException {
        Path file = folder().resolve("OS-1-128_767798045_1024x10_20230712_120049.pcap");
        PointCloud cloud = new PointCloud();
        try (PacketCapture capture = open(file)) {
            assertThat(capture.description()).contains("FUSA_RNG15_RFL8_NIR8_DUAL");
            assertThat(capture.read(0, cloud)).isEqualTo(128 * 128);
            // as many ranges as ouster-sdk 1.0.1 finds
            assertThat(cloud.size()).isEqualTo(16_373);
        }
    }

    private static Path folder() {
        String data = System.getenv("AZIMUTH_DATA");
        assumeTrue(data != null, "AZIMUTH_DATA is not set: no recordings");
        Path folder = Path.of(String.valueOf(data), "packets", "ouster");
        assumeTrue(Files.isDirectory(folder), "no packet recordings in AZIMUTH_DATA");
        return folder;
    }

    private static PacketCapture open(Path file) throws IOException {
        return Objects.requireNonNull(PacketCapture.open(file, null));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String md5(ByteBuffer bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes.array()));
    }
}
