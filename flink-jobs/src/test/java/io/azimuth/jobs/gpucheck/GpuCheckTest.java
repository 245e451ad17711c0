package io.azimuth.jobs.gpucheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.Precision;
import io.azimuth.perception.inference.onnxruntime.TestBundles;
import io.azimuth.perception.inference.tensorrt.TrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import io.azimuth.perception.inference.tensorrt.TrtStand;
import io.azimuth.perception.inference.tensorrt.probe.ProbeVerdict;
import io.azimuth.perception.inference.tensorrt.seam.OrtBackedTrtNative;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                        ProbeVerdict.unusable("no GPU is visible"),
                        TorchTimes.none(),
                        new PrintWriter(text),
                        json);

        assertThat(code).isEqualTo(3);
        assertThat(text.toString()).contains("no usable GPU: no GPU is visible");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("usable").asBoolean()).isFalse();
        assertThat(report.get("exit").asInt()).isEqualTo(3);
        assertThat(report.get("reason").asText()).contains("visible");
    }

    @Test
    void aTrialThatCannotRunIsARowAndNoCrash() throws IOException {
        TrialRows rows = TrialRows.of(TestBundles.read("tiny"), 1);
        NetworkTrial trial =
                NetworkTrial.run(
                        new TrtBackend(TrtOptions.defaults()), Precision.FLOAT32, true, rows, 10);

        assertThat(trial.failure()).contains("TensorRT cannot be used here");
        assertThat(trial.line(TorchTimes.none())).contains("FAILED");
    }

    @Test
    void everyPrecisionAndBatchPassesOnADeviceThatComputesRight() throws IOException {
        ModelBundle bundle = TestBundles.read("rounded");
        for (Precision precision : Precision.values()) {
            for (int batch : new int[] {1, 3, 4}) {
                NetworkTrial trial = trial(bundle, precision, batch, 0);

                assertThat(trial.failure()).as("%s x %d", precision, batch).isEmpty();
                assertThat(trial.graphLaunches()).isGreaterThan(40);
                assertThat(trial.maxAbsError() > 0).isEqualTo(precision != Precision.FLOAT32);
            }
        }
    }

    @Test
    void aRowOfABatchThatIsWrongFailsTheTrialThoughTheGoldenRunPasses() throws IOException {
        NetworkTrial trial = trial(TestBundles.read("rounded"), Precision.FLOAT32, 4, 0.1f);

        assertThat(trial.failure()).contains("off by");
    }

    /** On a scripted device whose rows after the second are off. */
    private NetworkTrial trial(ModelBundle bundle, Precision precision, int batch, float off)
            throws IOException {
        Path plans = Files.createTempDirectory(folder, "plans");
        TrtOptions options = TrtOptions.defaults().withPrecision(precision);
        try (OffDevice trt = new OffDevice(bundle, off);
                TrtStand stand = new TrtStand(trt, plans, options)) {
            return NetworkTrial.run(
                    stand.backend, precision, true, TrialRows.of(bundle, batch), 40);
        }
    }

    @Test
    void theNetworksThatComeWithTheEngineHaveEveryPrecision() {
        assertThat(GpuCheck.shipped())
                .extracting(b -> b.manifest().name())
                .containsExactly(
                        "polar-nano",
                        "polar-tiny",
                        "polar-points",
                        "ri-edge-sim",
                        "ri-edge-so3-sim",
                        "mds-canon-sim");
        assertThat(GpuCheck.shipped())
                .allSatisfy(b -> assertThat(b.precisions()).isEqualTo(List.of(Precision.values())));
        assertThat(GpuCheck.batches(GpuCheck.shipped().get(0))).containsExactly(1, 8, 16);
        assertThat(GpuCheck.batches(GpuCheck.shipped().get(3))).containsExactly(1, 8, 32);
    }

    @Test
    void torchTimesStandBesideOursWhereThereAreAny() throws IOException {
        Path file = folder.resolve("torch.json");
        Files.writeString(
                file,
                """
                {"torch": "2.9.1", "rows": [{"network": "rounded", "precision": "float32", "batch": 4,
                 "eagerMicros": 812.5, "compiledMicros": null}]}
                """);
        TorchTimes torch = TorchTimes.read(file);
        NetworkTrial trial = trial(TestBundles.read("rounded"), Precision.FLOAT32, 4, 0);
        ObjectNode row = new ObjectMapper().createObjectNode();
        trial.put(row, torch);

        assertThat(trial.line(torch)).contains("812.5").endsWith("-");
        assertThat(row.get("torchEagerMicros").asDouble()).isEqualTo(812.5);
        assertThat(row.has("torchCompiledMicros")).isFalse();
        assertThat(torch.version()).isEqualTo("2.9.1");
        Files.writeString(file, "Traceback");
        assertThat(TorchTimes.read(file)).isEqualTo(TorchTimes.none());
    }

    @Test
    void wrongResultsGraphsThatNeverRanAndLeaksAreFailures() {
        assertThat(NetworkTrial.verdict(1, false, 0, 0)).isEmpty();
        assertThat(NetworkTrial.verdict(0.2, true, 1000, 0)).isEmpty();
        assertThat(NetworkTrial.verdict(1.5, false, 0, 0)).contains("off by 1.50 times");
        assertThat(NetworkTrial.verdict(Double.NaN, false, 0, 0)).contains("off by");
        assertThat(NetworkTrial.verdict(0, true, 0, 0)).contains("no CUDA graph");
        assertThat(NetworkTrial.verdict(0, false, 0, 1 << 25)).contains("cost 33554432 bytes");
    }

    /** Computes by ONNX Runtime, then spoils rows that no golden run has. */
    private static final class OffDevice extends OrtBackedTrtNative {
        private final float off;

        OffDevice(ModelBundle bundle, float off) {
            super(bundle);
            this.off = off;
        }

        @Override
        protected synchronized void compute(
                ModelBundle bundle,
                int rows,
                Map<String, FloatBuffer> in,
                Map<String, FloatBuffer> out) {
            super.compute(bundle, rows, in, out);
            out.forEach(
                    (name, values) -> {
                        int row = values.capacity() / rows;
                        for (int i = 2 * row; i < values.capacity(); i++) {
                            values.put(i, values.get(i) + off);
                        }
                    });
        }
    }
}
