package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.jobs.config.ConfigLoader;
import io.azimuth.jobs.config.EffectiveConfig;
import io.azimuth.perception.inference.bundle.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int azimuth(String... args) {
        return Azimuth.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(args);
    }

    @Test
    void itSaysWhatIsThereAndWhatToInstall() throws Exception {
        assertThat(azimuth("doctor", "--json")).as(err.toString()).isZero();
        JsonNode findings = new ObjectMapper().readTree(out.toString()).get("findings");

        assertThat(findings.findValuesAsText("what"))
                .contains("java", "engine OnnxRuntime", "engine TensorRT", "PCL");
        for (JsonNode f : findings) {
            if (f.get("what").asText().equals("engine TensorRT")) {
                assertThat(f.get("there").asBoolean()).isFalse();
                assertThat(f.get("state").asText()).contains("-Pgpu");
            }
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerIsMissing() {
        assertThat(azimuth("doctor", "--bootstrap", "localhost:1")).isEqualTo(6);
        assertThat(out.toString()).contains("MISSING  broker localhost:1");
    }

    @Test
    void anEngineThatIsNoneIsRefusedWithThoseThereAre() {
        assertThat(azimuth("config", "check", "--set", "engine=gpu")).isEqualTo(5);
        assertThat(err.toString()).contains("[cpu, tensorrt, auto]");
    }

    /** Ids of results must not change because a key was added. */
    @Test
    void theCpuLeavesNoTraceInTheDigestAndOtherEnginesDo() throws Exception {
        EffectiveConfig cpu = config("cpu");
        String without = // neither the default engine, nor its precision, nor how fast it runs
                cpu.toYaml()
                        .replaceAll("(?m)^(engine: cpu|precision: float32)\\n", "")
                        .replaceAll("(?m)^batch:\\n(  .*\\n)+", "");
        byte[] text = without.getBytes(StandardCharsets.UTF_8);
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text);

        assertThat(cpu.toYaml()).contains("engine: cpu\n");
        assertThat(cpu.digest()).isEqualTo(HexFormat.of().formatHex(sha256));
        assertThat(config("tensorrt").digest()).isNotEqualTo(cpu.digest());
        assertThat(config("auto").digest()).isNotEqualTo(config("tensorrt").digest());
    }

    @Test
    void thePrecisionIsOneOfThreeNeedsAGpuAndCounts() throws Exception {
        assertThat(azimuth("config", "check", "--set", "precision=int8")).isEqualTo(5);
        assertThat(err.toString()).contains("engine=cpu, which computes in float32");
        assertThat(azimuth("config", "check", "--set", "precision=fp16")).isEqualTo(5);
        assertThat(err.toString()).contains("[float32, float16, int8]");
        EffectiveConfig half =
                ConfigLoader.load(null, Map.of(), List.of("engine=tensorrt", "precision=float16"));
        assertThat(half.digest()).isNotEqualTo(config("tensorrt").digest());
        assertThat(half.values().engineOptions().precision()).isEqualTo(Precision.FLOAT16);
    }

    private static EffectiveConfig config(String engine) throws IOException {
        return ConfigLoader.load(null, Map.of(), List.of("engine=" + engine));
    }
}
