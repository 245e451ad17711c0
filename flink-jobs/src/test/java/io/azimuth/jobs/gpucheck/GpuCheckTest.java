package io.azimuth.jobs.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import io.azimuth.perception.inference.tensorrt.probe.ProbeVerdict;
import io.azimuth.perception.polar.PolarModels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuCheckTest {
    @TempDir private Path folder;

    @Test
    void withoutAGpuItSaysSoAndEndsWithThree() throws Exception {
        StringWriter text = new StringWriter();
        Path json = folder.resolve("report.json");
        int code =
                GpuCheck.run(
                        ProbeVerdict.unusable("no GPU is visible"), new PrintWriter(text), json);

        assertThat(code).isEqualTo(3);
        assertThat(text.toString()).contains("no usable GPU: no GPU is visible");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("usable").asBoolean()).isFalse();
        assertThat(report.get("exit").asInt()).isEqualTo(3);
        assertThat(report.get("reason").asText()).contains("visible");
    }

    @Test
    void aTrialThatCannotRunIsARowAndNoCrash() {
        NetworkTrial trial =
                NetworkTrial.run(PolarModels.read(PolarModels.NANO), TrtOptions.defaults(), 1);

        assertThat(trial.failure()).contains("TensorRT cannot be used here");
        assertThat(trial.line()).contains("FAILED");
    }

    @Test
    void wrongResultsAndGraphsThatNeverRanAreFailures() {
        assertThat(NetworkTrial.verdict(1, false, 0)).isEmpty();
        assertThat(NetworkTrial.verdict(0.2, true, 1000)).isEmpty();
        assertThat(NetworkTrial.verdict(1.5, false, 0)).contains("off by 1.50 times");
        assertThat(NetworkTrial.verdict(Double.NaN, false, 0)).contains("off by");
        assertThat(NetworkTrial.verdict(0, true, 0)).contains("no CUDA graph");
    }
}
