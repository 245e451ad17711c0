package io.azimuth.perception.inference.tensorrt.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.inference.onnxruntime.TestBundles;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import io.azimuth.perception.inference.tensorrt.TrtStand;
import io.azimuth.perception.inference.tensorrt.seam.OrtBackedTrtNative;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrtEngineTest {
    private static final int ROW = 2 * 8 * 8;

    @TempDir private Path folder;

    /** DJL's ONNX Runtime engine wants to be the first user of the library. */
    @BeforeAll
    static void startOnnxRuntime() {
        assertThat(new OrtBackend().probe().available()).isTrue();
    }

    @Test
    void bothEnginesAreListedAndOnnxRuntimeIsTheDefault() {
        // RPC comes with DJL itself
        assertThat(Engine.getAllEngines()).contains("OnnxRuntime", "TensorRT");
        assertThat(Engine.getAllEngines()).isSubsetOf("OnnxRuntime", "TensorRT", "RPC");
        assertThat(Engine.getDefaultEngineName()).isEqualTo("OnnxRuntime");
        assertThat(new TrtEngineProvider().getEngineRank()).isEqualTo(20);
    }

    @Test
    void askingForItHereIsRefusedInTimeAndOnnxRuntimeGoesOn() throws Exception {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> Engine.getEngine("TensorRT"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("-Pgpu");
        assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);

        assertThat(Engine.getEngine("OnnxRuntime")).isNotNull();
        try (LoadedModel model = TestBundles.load("tiny", 1);
                Lease lease = model.acquire()) {
            lease.run(1);
        }
    }

    @Test
    void aBundleRunsThroughDjlWithTheNumbersOfTheCpu() throws Exception {
        ModelBundle bundle = TestBundles.read("tiny");
        float[] values = new float[3 * ROW];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(0.37 * i);
        }
        try (OrtBackedTrtNative trt = new OrtBackedTrtNative(bundle);
                TrtStand stand = new TrtStand(trt, folder, TrtOptions.defaults())) {
            TrtEngine engine = new TrtEngine(device -> stand.backend, "11.2.1");
            try (Model model = engine.newModel("tiny", null)) {
                model.load(TestBundles.folder("tiny"), null, Map.of("maxBatch", "4"));
                try (Predictor<NDList, NDList> predictor =
                                model.newPredictor(new NoopTranslator(null));
                        NDManager manager = model.getNDManager().newSubManager()) {
                    NDArray in = manager.create(FloatBuffer.wrap(values), new Shape(3, 2, 8, 8));
                    in.setName("x");
                    NDArray out = predictor.predict(new NDList(in)).head();

                    assertThat(out.getName()).isEqualTo("y");
                    assertThat(out.getShape().get(0)).isEqualTo(3);
                    assertThat(out.toFloatArray()).isEqualTo(onCpu(bundle, values));
                    assertThatThrownBy(() -> in.add(1)).isInstanceOf(Exception.class);
                    NDArray wrong = manager.create(new float[8], new Shape(1, 2, 2, 2));
                    assertThatThrownBy(() -> predictor.predict(new NDList(wrong)))
                            .rootCause()
                            .hasMessageContaining("accepted float32 [n,2,8,8] with n from 1 to 4");
                }
            }
            assertThat(trt.alive()).containsExactly("runtime");
            assertThat(trt.wrong()).isEmpty();
        }
    }

    private static float[] onCpu(ModelBundle bundle, float[] values) {
        try (LoadedModel model = new OrtBackend().load(bundle, new LoadOptions(3));
                Lease lease = model.acquire()) {
            lease.input("x").put(0, values);
            lease.run(3);
            float[] out = new float[lease.output("y").capacity()];
            lease.output("y").get(0, out);
            return out;
        }
    }

    @Test
    void aFolderThatIsNoBundleAndADeviceThatIsNoGpuAreRefused() throws Exception {
        ModelBundle bundle = TestBundles.read("tiny");
        try (OrtBackedTrtNative trt = new OrtBackedTrtNative(bundle);
                TrtStand stand =
                        new TrtStand(trt, folder.resolve("plans"), TrtOptions.defaults())) {
            TrtEngine engine = new TrtEngine(device -> stand.backend, "11.2.1");
            try (Model model = engine.newModel("none", Device.gpu(0))) {
                assertThatThrownBy(() -> model.load(folder))
                        .isInstanceOf(MalformedModelException.class)
                        .hasMessageContaining("NOT_A_BUNDLE");
            }
            assertThatThrownBy(() -> engine.newBaseManager(Device.cpu()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("accepted gpu(0)");
            assertThat(engine.hasCapability("CUDA")).isTrue();
            assertThat(engine.getGpuCount()).isNotNegative();
        }
    }
}
