package io.azimuth.perception.inference.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.Precision;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.inference.onnxruntime.TestBundles;
import io.azimuth.perception.inference.tensorrt.probe.ProbeVerdict;
import io.azimuth.perception.inference.tensorrt.seam.OrtBackedTrtNative;
import io.azimuth.perception.inference.tensorrt.seam.ScriptedTrtNative;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's logic over devices that are none; the numbers are ONNX Runtime's. */
class TrtBackendTest {
    private static final int TINY_IN = 2 * 8 * 8;
    private static final int TINY_OUT = 8 * 8;

    /** One for the rows of the golden run, one for one row. */
    private static final int CONTEXTS = 2;

    private static final TrtOptions OPTIONS = TrtOptions.defaults();

    @TempDir private Path folder;
    private ModelBundle tiny;

    @BeforeEach
    void readTheBundle() throws IOException {
        tiny = TestBundles.read("tiny");
    }

    @Test
    void aRowHasTheBytesOfTheCpuEngineWhereverItTravels() {
        float[][] expected = onCpu(4);
        for (boolean oneShape : new boolean[] {false, true}) {
            TrtOptions options = OPTIONS.withOneShape(oneShape);
            try (OrtBackedTrtNative trt = new OrtBackedTrtNative(tiny);
                    TrtStand stand = new TrtStand(trt, folder.resolve("s" + oneShape), options);
                    LoadedModel model = stand.backend.load(tiny, new LoadOptions(4));
                    Lease lease = model.acquire()) {
                for (int batch = 1; batch <= 4; batch++) {
                    for (int first = 0; first < 4; first++) {
                        for (int i = 0; i < batch; i++) {
                            lease.input("x").put(i * TINY_IN, row((first + i) % 4));
                        }
                        lease.run(batch);
                        for (int i = 0; i < batch; i++) {
                            float[] found = new float[TINY_OUT];
                            lease.output("y").get(i * TINY_OUT, found);

                            assertThat(found).isEqualTo(expected[(first + i) % 4]);
                        }
                    }
                }
                assertThat(trt.wrong()).isEmpty();
                assertThat(stand.host.stats().graphLaunches()).isPositive();
            }
        }
    }

    @Test
    void manyThreadsShareFewContextsAndGetTheSameBytes() throws Exception {
        float[][] expected = onCpu(6);
        try (OrtBackedTrtNative trt = new OrtBackedTrtNative(tiny);
                TrtStand stand = new TrtStand(trt, folder, OPTIONS);
                LoadedModel model = stand.backend.load(tiny, new LoadOptions(1))) {
            ExecutorService pool = Executors.newFixedThreadPool(6);
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int seed = i % 6;
                Callable<float[]> run =
                        () -> {
                            try (Lease lease = model.acquire()) {
                                return run(lease, row(seed));
                            }
                        };
                results.add(pool.submit(run));
            }
            for (int i = 0; i < 60; i++) {
                assertThat(results.get(i).get()).isEqualTo(expected[i % 6]);
            }
            pool.shutdownNow();

            assertThat(trt.wrong()).isEmpty();
            assertThat(trt.alive().stream().filter("context"::equals)).hasSizeLessThanOrEqualTo(3);
            assertThat(model.stats().runs()).isEqualTo(60 + 1);
        }
    }

    @Test
    void closingEverythingLeavesNoHandle() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        TrtStand stand = new TrtStand(trt, folder, OPTIONS);
        LoadedModel first = stand.backend.load(tiny, LoadOptions.single());
        LoadedModel second = stand.backend.load(tiny, LoadOptions.single());
        Lease lease = second.acquire();
        first.close();
        second.close();
        assertThat(trt.alive()).contains("engine");
        lease.run(1);
        lease.close();
        lease.close();
        assertThat(trt.alive()).containsExactly("runtime");
        stand.close();

        assertThat(trt.alive()).isEmpty();
        assertThat(trt.wrong()).isEmpty();
        assertThat(trt.builds).hasValue(1);
        assertThat(trt.deserialized).hasValue(1);
    }

    @Test
    void anotherProcessFindsThePlanOfTheFirst() {
        for (int start = 0; start < 3; start++) {
            ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
            try (TrtStand stand = new TrtStand(trt, folder, OPTIONS);
                    LoadedModel model = stand.backend.load(tiny, LoadOptions.single())) {
                assertThat(model.signature().maxBatch()).isEqualTo(1);
                assertThat(trt.builds).hasValue(start == 0 ? 1 : 0);
                assertThat(stand.host.stats().planHits()).isEqualTo(start == 0 ? 0 : 1);
            }
        }
    }

    @Test
    void withoutAGpuNothingNativeIsCalledAndTheReasonIsTold() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS)) {
            TrtBackend blind = new TrtBackend(ProbeVerdict.unusable("no driver"), stand.host);

            assertThat(blind.probe().available()).isFalse();
            assertThatThrownBy(() -> blind.load(tiny, LoadOptions.single()))
                    .isInstanceOf(BackendUnavailable.class)
                    .hasMessageContaining("no driver");
            assertThat(trt.calls()).isEmpty();
        }
    }

    @Test
    void aNetworkThatTheParserRefusesIsNeverHalfLoaded() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        trt.parseErrors("node 3 'c1', operator Foo: unsupported");
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS)) {
            assertThatThrownBy(() -> stand.backend.load(tiny, LoadOptions.single()))
                    .isInstanceOf(ModelRejected.class)
                    .hasMessageContaining("node 3 'c1', operator Foo");
            assertThat(trt.deserialized).hasValue(0);
        }
        assertThat(trt.alive()).isEmpty();
    }

    @Test
    void aBuildWithoutMemoryIsTriedWithHalfAndThenNotForAnHour() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS)) {
            trt.emptyBuilds(2);
            assertThatThrownBy(() -> stand.backend.load(tiny, LoadOptions.single()))
                    .isInstanceOf(BackendUnavailable.class)
                    .hasMessageContaining("no memory");
            assertThat(trt.builds).hasValue(2);

            assertThatThrownBy(() -> stand.backend.load(tiny, LoadOptions.single()))
                    .hasMessageContaining("the next try is after an hour");
            assertThat(trt.builds).hasValue(2);

            stand.ticker.advanceNanos(3_601L * 1_000_000_000);
            trt.emptyBuilds(1);
            stand.backend.load(tiny, LoadOptions.single()).close();
            assertThat(trt.builds).hasValue(4);
        }
    }

    @Test
    void aPlanThatTheRuntimeRefusesIsBuiltAnewOnce() {
        new TrtStandOnce(folder).run(tiny);
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        trt.refusePlans(1);
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS)) {
            stand.backend.load(tiny, LoadOptions.single()).close();
            assertThat(trt.builds).hasValue(1);

            trt.refusePlans(2);
            assertThatThrownBy(() -> stand.backend.load(tiny, LoadOptions.single()))
                    .isInstanceOf(BackendUnavailable.class)
                    .hasMessageContaining("deserializeCudaEngine");
            assertThat(trt.builds).hasValue(2);
        }
        assertThat(trt.alive()).isEmpty();
    }

    /** Fills the store. */
    private record TrtStandOnce(Path folder) {
        void run(ModelBundle bundle) {
            try (TrtStand stand = new TrtStand(new ScriptedTrtNative(bundle), folder, OPTIONS)) {
                stand.backend.load(bundle, LoadOptions.single()).close();
            }
        }
    }

    @Test
    void wrongGoldenNumbersAreRefusedAndNothingStays() {
        ScriptedTrtNative trt =
                new ScriptedTrtNative(tiny) {
                    @Override
                    protected void compute(
                            ModelBundle bundle,
                            int rows,
                            java.util.Map<String, java.nio.FloatBuffer> in,
                            java.util.Map<String, java.nio.FloatBuffer> out) {
                        super.compute(bundle, rows, in, out);
                        out.get("y").put(3, out.get("y").get(3) + 0.01f);
                    }
                };
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS)) {
            assertThatThrownBy(() -> stand.backend.load(tiny, LoadOptions.single()))
                    .isInstanceOf(ModelRejected.class)
                    .hasMessageContaining("GOLDEN")
                    .hasMessageContaining("element 3 of 'y'");
        }
        assertThat(trt.alive()).isEmpty();
    }

    @Test
    void aDeviceWithoutMemoryForTwoContextsWorksWithOne() throws Exception {
        OrtBackedTrtNative trt = new OrtBackedTrtNative(tiny);
        trt.contextsThatFit(1);
        float[][] expected = onCpu(2);
        try (trt;
                TrtStand stand = new TrtStand(trt, folder, OPTIONS);
                LoadedModel model = stand.backend.load(tiny, LoadOptions.single())) {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            List<Future<Boolean>> both = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                int seed = t;
                both.add(pool.submit(() -> repeats(model, seed, expected[seed])));
            }
            for (Future<Boolean> each : both) {
                assertThat(each.get()).isTrue();
            }
            pool.shutdownNow();
        }
        assertThat(trt.wrong()).isEmpty();
        assertThat(trt.alive()).isEmpty();
    }

    private static boolean repeats(LoadedModel model, int seed, float[] expected) {
        try (Lease lease = model.acquire()) {
            for (int i = 0; i < 30; i++) {
                if (!java.util.Arrays.equals(run(lease, row(seed)), expected)) {
                    return false;
                }
            }
            return true;
        }
    }

    @Test
    void aDeviceThatHangsIsLostAndNothingOfItIsFreed() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        TrtStand stand = new TrtStand(trt, folder, OPTIONS);
        LoadedModel model = stand.backend.load(tiny, LoadOptions.single());
        Lease lease = model.acquire();
        trt.hang(true);
        long before = stand.ticker.nanos();

        assertThatThrownBy(() -> lease.run(1))
                .isInstanceOf(InferenceFailed.class)
                .hasMessageContaining("not done after 30");
        assertThat(stand.ticker.nanos() - before).isBetween(3_000_000_000L, 3_100_000_000L);
        assertThat(stand.host.stats().abandoned()).isEqualTo(1);
        assertThatThrownBy(() -> lease.run(1)).hasMessageContaining("GPU 0 is lost");
        assertThatThrownBy(() -> stand.backend.load(tiny, LoadOptions.single()))
                .isInstanceOf(BackendUnavailable.class)
                .hasMessageContaining("restart it");
        int calls = trt.calls().size();
        lease.close();
        model.close();
        stand.close();

        assertThat(trt.wrong()).isEmpty();
        assertThat(trt.calls().subList(calls, trt.calls().size()))
                .noneMatch(c -> c.startsWith("free") || c.startsWith("destroy"));
    }

    @Test
    void anInterruptWaitsForTheDeviceAndIsKept() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS);
                LoadedModel model = stand.backend.load(tiny, LoadOptions.single());
                Lease lease = model.acquire()) {
            lease.run(1);
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> lease.run(1)).hasMessageContaining("interrupted");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            lease.run(1);
        }
        assertThat(trt.wrong()).isEmpty();
    }

    @Test
    void runsThatCannotBeRecordedGoCallByCall() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        trt.capturable(false);
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS);
                LoadedModel model = stand.backend.load(tiny, LoadOptions.single());
                Lease lease = model.acquire()) {
            for (int i = 0; i < 5; i++) {
                lease.run(1);
            }
            assertThat(stand.host.stats().graphLaunches()).isZero();
            assertThat(stand.host.stats().graphRefusals()).isEqualTo(CONTEXTS);
            assertThat(trt.calls().stream().filter("beginCapture"::equals)).hasSize(CONTEXTS);
        }
        assertThat(trt.alive()).isEmpty();
    }

    @Test
    void valuesThatAreNoNumbersFailTheRunAndNotTheLease() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS);
                LoadedModel model = stand.backend.load(tiny, LoadOptions.single());
                Lease lease = model.acquire()) {
            lease.input("x").put(5, Float.NaN);
            assertThatThrownBy(() -> lease.run(1)).hasMessageContaining("input 'x' holds NaN");
            lease.input("x").put(5, 0f);
            lease.run(1);
            assertThat(model.stats().failures()).isEqualTo(1);
            assertThatThrownBy(() -> lease.run(2)).hasMessageContaining("accepted 1 to 1");
            assertThatThrownBy(() -> lease.input("q")).hasMessageContaining("accepted [x]");
        }
    }

    @Test
    void rowsThatFillABatchUpAreZeros() {
        List<Float> seen = new ArrayList<>();
        ScriptedTrtNative trt =
                new ScriptedTrtNative(tiny) {
                    @Override
                    protected void compute(
                            ModelBundle bundle,
                            int rows,
                            java.util.Map<String, java.nio.FloatBuffer> in,
                            java.util.Map<String, java.nio.FloatBuffer> out) {
                        super.compute(bundle, rows, in, out);
                        for (int i = 3 * TINY_IN; i < rows * TINY_IN; i++) {
                            seen.add(in.get("x").get(i));
                        }
                    }
                };
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS);
                LoadedModel model = stand.backend.load(tiny, new LoadOptions(4));
                Lease lease = model.acquire()) {
            lease.run(3); // the device's memory is fresh
            assertThat(seen).hasSize(TINY_IN).containsOnly(0f);
            for (int i = 0; i < 4; i++) {
                lease.input("x").put(i * TINY_IN, row(i));
            }
            lease.run(4);
            seen.clear();
            lease.run(3); // it holds a row of the run before
            assertThat(seen).hasSize(TINY_IN).containsOnly(0f);
        }
    }

    @Test
    void thePrecisionChoosesTheNetworkThatIsBuilt() throws IOException {
        ModelBundle rounded = TestBundles.read("rounded");
        float[][] results = new float[Precision.values().length][];
        for (Precision precision : Precision.values()) {
            TrtOptions options = OPTIONS.withPrecision(precision);
            try (OrtBackedTrtNative trt = new OrtBackedTrtNative(rounded);
                    TrtStand stand = new TrtStand(trt, folder, options);
                    LoadedModel model = stand.backend.load(rounded, LoadOptions.single());
                    Lease lease = model.acquire()) {
                results[precision.ordinal()] = run(lease, row(1));
                assertThat(model.sha256()).isEqualTo(rounded.at(precision).sha256());
                assertThat(trt.builds).as("a plan of its own").hasValue(1);
            }
        }
        assertThat(results[1]).isNotEqualTo(results[0]);
        assertThat(results[2]).isNotEqualTo(results[0]).isNotEqualTo(results[1]);
        for (int i = 0; i < results[0].length; i++) {
            assertThat(results[1][i]).isCloseTo(results[0][i], within(2e-3f));
            assertThat(results[2][i]).isCloseTo(results[0][i], within(5e-2f));
        }
    }

    @Test
    void aBundleWithoutThePrecisionIsRefusedAndSaysWhichItHas() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        TrtOptions options = OPTIONS.withPrecision(Precision.INT8);
        try (TrtStand stand = new TrtStand(trt, folder, options)) {
            assertThatThrownBy(() -> stand.backend.load(tiny, LoadOptions.single()))
                    .isInstanceOf(BackendUnavailable.class)
                    .hasMessageContaining("'tiny' is there in [float32], wanted is int8");
            assertThat(trt.calls()).isEmpty();
        }
    }

    @Test
    void theDevicesMemoryCanBeAskedFor() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        try (TrtStand stand = new TrtStand(trt, folder, OPTIONS)) {
            assertThat(stand.backend.freeDeviceBytes()).isEqualTo(1L << 36);
            assertThat(trt.wrong()).isEmpty();
            assertThat(new TrtBackend(ProbeVerdict.unusable("no"), stand.host).freeDeviceBytes())
                    .isZero();
        }
    }

    private float[][] onCpu(int rows) {
        try (LoadedModel model = new OrtBackend().load(tiny, LoadOptions.single());
                Lease lease = model.acquire()) {
            float[][] out = new float[rows][];
            for (int i = 0; i < rows; i++) {
                out[i] = run(lease, row(i));
            }
            return out;
        }
    }

    static float[] row(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[TINY_IN];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextDouble() * 2 - 1;
        }
        return out;
    }

    private static float[] run(Lease lease, float[] row) {
        lease.input("x").put(0, row);
        lease.run(1);
        float[] out = new float[TINY_OUT];
        lease.output("y").get(0, out);
        return out;
    }
}
