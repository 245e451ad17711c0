package io.azimuth.connectors.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other writers ({@code golden/clouds/make.py}) with their content as JSON. */
class GoldenCloudTest {
    /** Decimals of the ASCII file and intensities made by division. */
    private static final double TOLERANCE = 1e-5;

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GoldenCloudTest.class.getResourceAsStream("/golden/clouds/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kitti.bin, false, false",
        "nuscenes.pcd.bin, true, false",
        "mixed_ascii.pcd, true, true",
        "mixed_binary.pcd, true, true",
        "mixed_binary_compressed.pcd, true, true",
        "mixed_ascii.ply, true, true",
        "mixed_little.ply, true, true",
        "mixed_big.ply, true, true",
        "mixed.npy, true, true",
        "plain_fortran_big.npy, true, true"
    })
    void aForeignFileHoldsWhatItsTwinSays(String name, boolean ring, boolean time)
            throws IOException {
        JsonNode twin = new ObjectMapper().readTree(resource("clouds.json"));
        CloudBytes bytes = new CloudBytes();
        bytes.set(name, resource(name));
        PointCloud cloud = new PointCloud();
        ReadReport report = new ReadReport();

        CloudFormats.installed().of(bytes).read(bytes, cloud, report);

        assertThat(cloud.size()).isEqualTo(twin.get("x").size());
        assertThat(report.nonFinite()).isEqualTo(twin.get("dropped").asLong());
        assertThat(report.notes()).noneMatch(note -> note.contains("VIEWPOINT"));
        assertThat(cloud.hasRing()).isEqualTo(ring);
        assertThat(cloud.hasTime()).isEqualTo(time);
        for (int i = 0; i < cloud.size(); i++) {
            assertThat((double) cloud.x()[i]).isCloseTo(value(twin, "x", i), within(TOLERANCE));
            assertThat((double) cloud.y()[i]).isCloseTo(value(twin, "y", i), within(TOLERANCE));
            assertThat((double) cloud.z()[i]).isCloseTo(value(twin, "z", i), within(TOLERANCE));
            assertThat((double) cloud.intensity()[i])
                    .isCloseTo(value(twin, "intensity", i), within(TOLERANCE));
            if (ring) {
                assertThat(cloud.ringOf(i)).isEqualTo((int) value(twin, "ring", i));
            }
            if (time) {
                assertThat(cloud.timeOffsetNanos()[i]).isEqualTo((int) value(twin, "nanos", i));
            }
        }
    }

    private static double value(JsonNode twin, String column, int i) {
        return twin.get(column).get(i).asDouble();
    }
}
