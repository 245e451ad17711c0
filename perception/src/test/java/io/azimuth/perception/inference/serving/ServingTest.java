package io.azimuth.perception.inference.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.Precision;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.inference.onnxruntime.TestBundles;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import io.azimuth.perception.inference.tensorrt.TrtStand;
import io.azimuth.perception.inference.tensorrt.seam.OrtBackedTrtNative;
import io.azimuth.perception.inference.tensorrt.seam.ScriptedTrtNative;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingTest {
    private static final int TINY_IN = 2 * 8 * 8;

    @TempDir private Path folder;
    private ModelBundle tiny;

    @BeforeEach
    void readTheBundle() throws IOException {
        tiny = TestBundles.read("tiny");
    }

    private static float[] row(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[TINY_IN];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextDouble() * 2 - 1;
        }
        return out;
    }

    private static float[] run(Lease lease, int seed) {
        lease.input("x").put(0, row(seed));
        lease.run(1);
        float[] out = new float[lease.output("y").capacity()];
        lease.output("y").get(0, out);
        return out;
    }

    private float[][] alone(int rows) {
        try (LoadedModel model = new OrtBackend().load(tiny, LoadOptions.single());
                Lease lease = model.acquire()) {
            float[][] out = new float[rows][];
            for (int i = 0; i < rows; i++) {
                out[i] = run(lease, i);
            }
            return out;
        }
    }

    @Test
    void tensorRtAskedForHereIsRefusedAndAutoAndCpuRun() {
        assertThatThrownBy(() -> Engines.open(EngineChoice.TENSORRT))
                .isInstanceOf(BackendUnavailable.class)
                .hasMessageContaining("engine=tensorrt")
                .hasMessageContaining("-Pgpu");
        assertThat(Engines.open(EngineChoice.AUTO).name()).isEqualTo("onnxruntime-cpu");
        assertThat(Engines.open(EngineChoice.CPU).name()).isEqualTo("onnxruntime-cpu");
        assertThat(EngineChoice.labels()).containsExactly("cpu", "tensorrt", "auto");
        assertThatThrownBy(() -> EngineChoice.of("gpu")).hasMessageContaining("[cpu, tensorrt");
    }

    @Test
    void aDeviceThatIsLostIsReplacedByTheCpuWithoutLosingARow() {
        float[][] expected = alone(8);
        OrtBackedTrtNative trt = new OrtBackedTrtNative(tiny);
        try (trt;
                TrtStand stand = new TrtStand(trt, folder, TrtOptions.defaults())) {
            FallbackBackend both =
                    new FallbackBackend(stand.backend, new OrtBackend(), stand.ticker);
            try (LoadedModel model = both.load(tiny, LoadOptions.single());
                    Lease lease = model.acquire()) {
                for (int i = 0; i < 8; i++) {
                    if (i == 2) {
                        trt.hang(true);
                    }
                    assertThat(run(lease, i)).as("row %d", i).isEqualTo(expected[i]);
                }
                assertThat(both.stats().fallbacks()).isEqualTo(6);
                assertThat(both.stats().opened()).isEqualTo(1);
                assertThat(both.stats().usingFirst()).isFalse();
            }
        }
    }

    @Test
    void anEngineThatRecoversIsTriedAgainAndUsedIfItAgrees() {
        float[][] expected = alone(1);
        OrtBackedTrtNative trt = new OrtBackedTrtNative(tiny);
        try (trt;
                TrtStand stand = new TrtStand(trt, folder, TrtOptions.defaults())) {
            FallbackBackend both =
                    new FallbackBackend(stand.backend, new OrtBackend(), stand.ticker);
            try (LoadedModel model = both.load(tiny, LoadOptions.single());
                    Lease lease = model.acquire()) {
                trt.failFrom(1, 1); // every call says no, but the device is not lost
                for (int i = 0; i < 3; i++) {
                    assertThat(run(lease, 0)).isEqualTo(expected[0]);
                }
                assertThat(both.stats().usingFirst()).isFalse();
                trt.failFrom(Integer.MAX_VALUE, 1);
                assertThat(run(lease, 0)).isEqualTo(expected[0]);
                assertThat(both.stats().usingFirst()).as("too early").isFalse();

                stand.ticker.advanceNanos(10_000_000_001L);
                assertThat(run(lease, 0)).isEqualTo(expected[0]);
                assertThat(both.stats().usingFirst()).isTrue();
                long before = both.stats().fallbacks();
                assertThat(run(lease, 0)).isEqualTo(expected[0]);
                assertThat(both.stats().fallbacks()).isEqualTo(before);
            }
        }
    }

    @Test
    void theCpuComputesInFloat32AndSaysSo() throws IOException {
        EngineOptions cpu = EngineOptions.of(EngineChoice.CPU);
        assertThatThrownBy(() -> cpu.withPrecision(Precision.INT8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("precision is int8 with engine=cpu");
        EngineOptions auto = EngineOptions.of(EngineChoice.AUTO).withPrecision(Precision.INT8);
        assertThat(Engines.isCpu(Engines.openAlone(auto))).isTrue();
        assertThatThrownBy(() -> Engines.openAlone(EngineOptions.of(EngineChoice.TENSORRT)))
                .isInstanceOf(BackendUnavailable.class);
    }

    @Test
    void aTrialIsHeldAgainstWhatItsPrecisionCosts() throws IOException {
        ModelBundle rounded = TestBundles.read("rounded");
        Agreement same = Agreement.of(rounded, rounded.sha256());
        assertThat(same.accepts(1.03f, 1)).isTrue();
        assertThat(same.accepts(1.05f, 1)).isFalse();
        assertThat(same.accepts(Float.NaN, 1)).isFalse();

        Path loose = TestBundles.copy("rounded", folder.resolve("loose"));
        TestBundles.editManifest(
                loose, m -> ((ObjectNode) m.get("variants").get(1)).put("absTol", 0.5));
        ModelBundle bundle = BundleReader.read(loose);
        String int8 = bundle.at(Precision.INT8).sha256();
        assertThat(Agreement.of(bundle, int8).accepts(1.4f, 1)).isTrue();
        assertThat(Agreement.of(bundle, bundle.at(Precision.FLOAT16).sha256()).accepts(1.4f, 1))
                .isFalse();
    }

    @Test
    void anInputThatNoEngineAnswersSaysNothingOfTheEngineOnTrial() {
        OrtBackedTrtNative trt = new OrtBackedTrtNative(tiny);
        try (trt;
                TrtStand stand = new TrtStand(trt, folder, TrtOptions.defaults())) {
            FallbackBackend both =
                    new FallbackBackend(stand.backend, new OrtBackend(), stand.ticker);
            try (LoadedModel model = both.load(tiny, LoadOptions.single());
                    Lease lease = model.acquire()) {
                trt.failFrom(1, 1);
                for (int i = 0; i < 3; i++) {
                    run(lease, 0);
                }
                trt.failFrom(Integer.MAX_VALUE, 1);
                stand.ticker.advanceNanos(10_000_000_001L);
                long opened = both.stats().opened();
                lease.input("x").put(0, Float.NaN);
                assertThatThrownBy(() -> lease.run(1)).hasMessageContaining("input 'x' holds NaN");
                assertThat(both.stats().opened()).isEqualTo(opened);

                run(lease, 0);
                assertThat(both.stats().usingFirst()).as("tried at once again").isTrue();
            }
        }
    }

    @Test
    void aNetworkThatTheFirstEngineDoesNotTakeIsServedByTheSecond() {
        ScriptedTrtNative trt = new ScriptedTrtNative(tiny);
        trt.parseErrors("node 1: no");
        try (TrtStand stand = new TrtStand(trt, folder, TrtOptions.defaults())) {
            FallbackBackend both =
                    new FallbackBackend(stand.backend, new OrtBackend(), stand.ticker);
            try (LoadedModel model = both.load(tiny, LoadOptions.single());
                    Lease lease = model.acquire()) {
                assertThat(run(lease, 0)).isEqualTo(alone(1)[0]);
                assertThat(both.stats().opened()).isEqualTo(1);
            }
        }
    }

    @Test
    void aBreakerOpensClosesAndNeverTriesTwiceAtOnce() {
        var ticker = new io.azimuth.perception.inference.tensorrt.ManualTicker();
        CircuitBreaker breaker = new CircuitBreaker(ticker);
        for (int i = 0; i < 50; i++) { // one in five is borne
            assertThat(breaker.report(i % 5 != 0)).isFalse();
        }
        assertThat(breaker.report(true)).isFalse();
        assertThat(breaker.report(false)).as("one in five still").isFalse();
        assertThat(breaker.report(false)).isTrue();
        long pause = 10_000_000_000L;
        for (int k = 0; k < 8; k++) {
            assertThat(breaker.ask()).isEqualTo(CircuitBreaker.State.OPEN);
            ticker.advanceNanos(pause);
            assertThat(breaker.ask()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
            assertThat(breaker.ask()).isEqualTo(CircuitBreaker.State.OPEN);
            breaker.trial(false);
            pause = Math.min(2 * pause, 300_000_000_000L);
        }
        ticker.advanceNanos(pause);
        breaker.ask();
        breaker.trial(true);
        assertThat(breaker.ask()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void rowsOfManyThreadsTravelTogetherAndKeepTheirBytes() throws Exception {
        int threads = 8;
        float[][] expected = alone(threads * 20);
        for (int cap : new int[] {1, 2, 8}) {
            BatchingBackend batching = new BatchingBackend(new OrtBackend(), cap, 200_000_000);
            LoadedModel kept = batching.load(tiny, LoadOptions.single());
            CyclicBarrier together = new CyclicBarrier(threads);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<Boolean>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = 20 * t;
                all.add(
                        pool.submit(
                                () -> {
                                    boolean same = true;
                                    try (LoadedModel m = batching.load(tiny, LoadOptions.single());
                                            Lease lease = m.acquire()) {
                                        for (int i = first; i < first + 20; i++) {
                                            together.await();
                                            same &= Arrays.equals(run(lease, i), expected[i]);
                                        }
                                    }
                                    return same;
                                }));
            }
            for (Future<Boolean> each : all) {
                assertThat(each.get()).as("cap %d", cap).isTrue();
            }
            pool.shutdownNow();
            int most = Math.min(cap, tiny.manifest().limits().maxBatch());
            assertThat(batching.stats().rows()).isEqualTo(160);
            assertThat(batching.stats().batches())
                    .as("batches of at most %d", most)
                    .isBetween(160L / most, 160L / most + 16);
            kept.close();
        }
    }

    @Test
    void aRowThatIsNotFiniteIsRefusedAndSpoilsNoOther() throws Exception {
        BatchingBackend batching = new BatchingBackend(new OrtBackend(), 2, 200_000_000);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (LoadedModel model = batching.load(tiny, LoadOptions.single());
                Lease bad = model.acquire();
                Lease good = model.acquire()) {
            bad.input("x").put(0, Float.NaN);
            Future<float[]> other = pool.submit(() -> run(good, 0)); // waits for a second row
            assertThatThrownBy(() -> bad.run(1)).hasMessageContaining("input 'x' holds NaN");
            assertThat(other.get()).isEqualTo(alone(1)[0]);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aLeaseThatFailedRunsAgain() throws Exception {
        BatchingBackend batching = new BatchingBackend(new OrtBackend(), 2, 1_000_000);
        try (LoadedModel model = batching.load(tiny, LoadOptions.single());
                Lease lease = model.acquire()) {
            lease.input("x").put(0, Float.NaN);
            assertThatThrownBy(() -> lease.run(1)).hasMessageContaining("input 'x' holds NaN");
            assertThat(run(lease, 0)).isEqualTo(alone(1)[0]);
            assertThatThrownBy(() -> lease.run(2)).hasMessageContaining("accepted 1 to 1");
        }
    }
}
