package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.inference.onnxruntime.TestBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliModelTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path temp;

    @Test
    void infoSaysWhatABundleHolds() throws IOException {
        String bundle = copy("tiny").toString();

        JsonNode tree =
                JSON.readTree(CliRun.of("model", "info", bundle, "--json").succeeded().out());

        assertThat(tree.get("name").asText()).isEqualTo("tiny");
        assertThat(tree.get("weights").asLong()).isEqualTo(4 * 2 * 9 + 4 + 4 + 1);
        assertThat(tree.get("inputs").get(0).asText()).startsWith("x [n,2,8,8] NCHW");
        assertThat(CliRun.of("model", "info", bundle).succeeded().out())
                .contains("sha256             " + tree.get("sha256").asText());
    }

    @Test
    void verifyRunsTheGoldenInputs() throws IOException {
        String bundle = copy("tiny").toString();

        JsonNode tree =
                JSON.readTree(CliRun.of("model", "verify", bundle, "--json").succeeded().out());

        assertThat(tree.get("verdict").asText()).isEqualTo("accepted");
        assertThat(tree.get("engine").asText()).isEqualTo("onnxruntime-cpu 1.28.0");
        assertThat(tree.get("goldenRuns").asInt()).isEqualTo(1);
        assertThat(tree.get("variants")).isEmpty();
    }

    @Test
    void variantsAreShownAndVerified() throws IOException {
        String bundle = copy("rounded").toString();

        JsonNode info =
                JSON.readTree(CliRun.of("model", "info", bundle, "--json").succeeded().out());
        assertThat(info.get("variants").get(0).get("precision").asText()).isEqualTo("float16");
        assertThat(info.get("variants").get(1).get("metrics").toString()).contains("\"ap\":0.5");
        JsonNode verdict =
                JSON.readTree(CliRun.of("model", "verify", bundle, "--json").succeeded().out());
        assertThat(verdict.get("variants")).hasSize(2);
        assertThat(verdict.get("variants").get(1).get("precision").asText()).isEqualTo("int8");
        assertThat(verdict.get("variants").get(1).get("goldenRuns").asInt()).isEqualTo(1);
    }

    @Test
    void benchTellsTimeAndBytes() throws IOException {
        String bundle = copy("tiny").toString();

        JsonNode tree =
                JSON.readTree(
                        CliRun.of(
                                        "model", "bench", bundle, "--runs", "20", "--batch", "2",
                                        "--json")
                                .succeeded()
                                .out());

        assertThat(tree.get("minMicros").asDouble()).isPositive();
        assertThat(tree.get("p99Micros").asDouble())
                .isGreaterThanOrEqualTo(tree.get("medianMicros").asDouble());
        assertThat(tree.has("overheadMicros")).isFalse();
        CliRun.of("model", "bench", bundle, "--batch", "5")
                .failedWith(ExitCode.USAGE, "accepts 1 to 4");
    }

    @Test
    void benchHoldsTheLayerAgainstTheEngineAlone() throws IOException {
        String bundle = copy("tiny").toString();

        JsonNode tree =
                JSON.readTree(
                        CliRun.of("model", "bench", bundle, "--runs", "400", "--overhead", "--json")
                                .succeeded()
                                .out());

        assertThat(tree.get("layerCpuMicros").asDouble()).isPositive();
        assertThat(tree.get("engineCpuMicros").asDouble()).isPositive();
        assertThat(tree.get("engineBytesPerRun").asLong()).isBetween(1L, 4096L);
        assertThat(tree.has("residentGrowthBytes")).isTrue();
    }

    @Test
    void aSpoiltBundleIsMalformedAndAMissingOneIsMissing() throws IOException {
        Path bundle = copy("tiny");
        Files.writeString(bundle.resolve("LICENSE"), "All rights reserved, all of them.\n");

        CliRun.of("model", "verify", bundle.toString())
                .failedWith(ExitCode.INPUT_MALFORMED, "HASH", "LICENSE");
        CliRun.of("model", "info", "/no/such").failedWith(ExitCode.INPUT_MISSING, "/no/such");
        CliRun.of("model", "info", temp.toString())
                .failedWith(ExitCode.INPUT_MALFORMED, "NOT_A_BUNDLE");
        CliRun.of("model").failedWith(ExitCode.USAGE, "model what?");
    }

    private Path copy(String name) throws IOException {
        return TestBundles.copy(name, temp.resolve(name));
    }
}
