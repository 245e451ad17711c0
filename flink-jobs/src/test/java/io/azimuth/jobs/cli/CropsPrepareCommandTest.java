package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.connectors.arrays.NpyRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropsPrepareCommandTest {
    @TempDir private Path dir = Path.of("");

    private Path crops = Path.of("");

    @BeforeEach
    void makeCrops() throws IOException {
        crops = dir.resolve("crops.npy");
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[5 * 40 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(2, 4);
        }
        try (NpyRows rows = new NpyRows(crops, List.of(5, 40, 3), false)) {
            rows.put(values, values.length);
        }
    }

    @Test
    void everyTensorIsWrittenInTheOrderOfTheCrops() throws IOException {
        Path whole = dir.resolve("whole");
        Path part = dir.resolve("part");
        prepare("ri-edge", whole).succeeded();
        CliRun.of(
                        "crops",
                        "prepare",
                        crops,
                        "--encoder",
                        "ri-edge",
                        "--points",
                        32,
                        "--half",
                        "--neighbours",
                        6,
                        "--from",
                        2,
                        "--to",
                        4,
                        "--out",
                        part)
                .succeeded();

        assertThat(header(whole.resolve("edge.npy"))).contains("'<f4'", "(5, 32, 6, 19)");
        assertThat(header(whole.resolve("neighbour.npy"))).contains("(5, 32, 6)");
        assertThat(header(part.resolve("edge.npy"))).contains("'<f2'", "(2, 32, 6, 19)");
        JsonNode told =
                new ObjectMapper().readTree(Files.readString(whole.resolve("prepared.json")));
        assertThat(told.get("crops").asInt()).isEqualTo(5);
        assertThat(told.get("status").get("OK").asInt()).isEqualTo(5);
        assertThat(told.get("preprocessing").get("group").asText()).isEqualTo("yaw");
        assertThat(told.get("preprocessing").get("featureVersion").asInt()).isEqualTo(1);
        assertThat(told.get("tensors").get("glob").get(0).asInt()).isEqualTo(6);
    }

    @Test
    void sameCropsSameBytes() throws IOException {
        prepare("mds-canon", dir.resolve("a")).succeeded();
        prepare("mds-canon", dir.resolve("b")).succeeded();

        assertThat(dir.resolve("a/points.npy")).hasSameBinaryContentAs(dir.resolve("b/points.npy"));
    }

    @Test
    void anUnknownEncoderIsRefusedWithTheNames() {
        CliRun run = prepare("ri-edges", dir.resolve("a"));

        assertThat(run.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("ri-edges").contains("frame-avg");
    }

    private static String header(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return new String(bytes, 0, 128, StandardCharsets.ISO_8859_1);
    }

    private CliRun prepare(String encoder, Path out) {
        return CliRun.of(
                "crops",
                "prepare",
                crops,
                "--encoder",
                encoder,
                "--points",
                32,
                "--neighbours",
                6,
                "--out",
                out);
    }
}
