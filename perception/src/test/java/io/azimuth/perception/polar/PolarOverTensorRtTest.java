package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.inference.serving.BatchingBackend;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import io.azimuth.perception.inference.tensorrt.TrtStand;
import io.azimuth.perception.inference.tensorrt.seam.OrtBackedTrtNative;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detector over the engine of TensorRT, whose device is ONNX Runtime here. */
class PolarOverTensorRtTest {
    private static final int SWEEPS = 3;

    @TempDir private Path folder;

    private static List<List<Detection>> detect(InferenceBackend backend, ModelBundle bundle) {
        TownConfig town = TownConfig.of(4).withSensors(SensorModel.vlp16("top"));
        TownDrive drive = new TownDrive(town.withSweeps(SWEEPS));
        List<List<Detection>> out = new ArrayList<>();
        try (PolarDetector detector =
                new PolarDetector(PolarDetectorConfig.defaults(), bundle, backend)) {
            for (int i = 0; i < SWEEPS; i++) {
                Sweep sweep = drive.sweep(0, 0, i).sweep();
                out.add(detector.detect(sweep));
            }
        }
        return out;
    }

    @Test
    void detectionsAreThoseOfTheCpuAtAnyBatchAndNumberOfThreads() throws Exception {
        ModelBundle bundle = PolarModels.read(PolarModels.NANO);
        List<List<Detection>> expected = detect(new OrtBackend(), bundle);
        assertThat(expected.stream().mapToInt(List::size).sum()).isPositive();
        OrtBackedTrtNative trt = new OrtBackedTrtNative(bundle);
        try (trt;
                TrtStand stand = new TrtStand(trt, folder, TrtOptions.defaults())) {
            for (int[] capAndThreads : new int[][] {{1, 1}, {2, 2}, {8, 4}}) {
                BatchingBackend batching =
                        new BatchingBackend(stand.backend, capAndThreads[0], 3_000_000);
                ExecutorService pool = Executors.newFixedThreadPool(capAndThreads[1]);
                List<Future<List<List<Detection>>>> all = new ArrayList<>();
                for (int t = 0; t < capAndThreads[1]; t++) {
                    all.add(pool.submit(() -> detect(batching, bundle)));
                }
                for (Future<List<List<Detection>>> each : all) {
                    assertThat(each.get())
                            .as("cap %d, threads %d", capAndThreads[0], capAndThreads[1])
                            .isEqualTo(expected);
                }
                pool.shutdownNow();
            }
            assertThat(trt.wrong()).isEmpty();
            assertThat(trt.alive()).containsExactly("runtime");
        }
    }
}
