package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.Precision;
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
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The detector over the engine of TensorRT, whose device is ONNX Runtime here. */
class PolarOverTensorRtTest {
    private static final int SWEEPS = 3;
    private static final double SURE = 0.3;

    @TempDir private Path folder;

    private static List<List<Detection>> detect(InferenceBackend backend, ModelBundle bundle) {
        return detect(new PolarDetector(PolarDetectorConfig.defaults(), bundle, backend));
    }

    private static List<List<Detection>> detect(PolarDetector opened) {
        TownConfig town = TownConfig.of(4).withSensors(SensorModel.vlp16("top"));
        TownDrive drive = new TownDrive(town.withSweeps(SWEEPS));
        List<List<Detection>> out = new ArrayList<>();
        try (PolarDetector detector = opened) {
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

    /** Bounds: what float16 and int8 may move of boxes that the stream publishes. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, 0, 0", "FLOAT16, 0.01, 0.01", "INT8, 0.1, 0.05"})
    void theSecondStageRunsInEveryPrecision(Precision precision, double metres, double score) {
        ModelBundle first = PolarModels.read(PolarModels.NANO);
        ModelBundle second = PolarModels.readRefiner(PolarDetectorConfig.defaults().refiner());
        PolarDetectorConfig config = PolarDetectorConfig.defaults();
        InferenceBackend cpu = new OrtBackend();
        List<List<Detection>> expected = detect(new PolarDetector(config, first, cpu, second, cpu));
        TrtOptions options = TrtOptions.defaults().withPrecision(precision);
        try (OrtBackedTrtNative trt = new OrtBackedTrtNative(second);
                TrtStand stand = new TrtStand(trt, folder, options)) {
            List<List<Detection>> found =
                    detect(new PolarDetector(config, first, cpu, second, stand.backend));

            assertThat(found.stream().mapToInt(List::size).sum()).isGreaterThan(10);
            double[] off = off(expected, found);
            assertThat(off[0]).as("metres").isLessThanOrEqualTo(metres);
            assertThat(off[1]).as("score").isLessThanOrEqualTo(score);
            assertThat(off[0] > 0).isEqualTo(precision != Precision.FLOAT32);
        }
    }

    /** How far the nearest box of the other list is at most, and its score. */
    private static double[] off(List<List<Detection>> expected, List<List<Detection>> found) {
        double[] off = new double[2];
        for (int i = 0; i < SWEEPS; i++) {
            for (Detection d : expected.get(i)) {
                if (d.score() < SURE) {
                    continue; // one that just misses the other list has nothing near
                }
                Detection near =
                        found.get(i).stream()
                                .min(Comparator.comparingDouble(f -> distance(d, f)))
                                .orElseThrow();
                off[0] = Math.max(off[0], distance(d, near));
                off[1] = Math.max(off[1], Math.abs(d.score() - near.score()));
            }
        }
        return off;
    }

    private static double distance(Detection a, Detection b) {
        return Math.hypot(a.box().x() - b.box().x(), a.box().y() - b.box().y());
    }
}
