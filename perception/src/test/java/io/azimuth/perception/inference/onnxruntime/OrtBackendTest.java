package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrtBackendTest {
    private static final int TINY_IN = 2 * 8 * 8;
    private static final int TINY_OUT = 8 * 8;

    @Test
    void theEngineSaysItsRealVersion() {
        assertThat(new OrtBackend().probe().available()).isTrue();
        assertThat(new OrtBackend().probe().version()).isEqualTo("1.28.0");
    }

    @Test
    void aRowComesOutTheSameWhereverItTravelsInABatch() throws IOException {
        try (LoadedModel model = TestBundles.load("tiny", 4);
                Lease lease = model.acquire()) {
            float[] row = row(7);
            float[] alone = run(lease, row);
            for (int place = 0; place < 4; place++) {
                for (int i = 0; i < 4; i++) {
                    lease.input("x").put(i * TINY_IN, i == place ? row : row(i));
                }
                lease.run(4);
                float[] found = new float[TINY_OUT];
                lease.output("y").get(place * TINY_OUT, found);

                assertThat(found).as("place %d", place).isEqualTo(alone);
            }
        }
    }

    @Test
    void twoThreadsOfOneSessionGetTheBitsOfOne() throws Exception {
        try (LoadedModel model = TestBundles.load("tiny", 1);
                Lease lease = model.acquire()) {
            float[][] alone = new float[16][];
            for (int i = 0; i < alone.length; i++) {
                alone[i] = run(lease, row(i));
            }
            ExecutorService pool = Executors.newFixedThreadPool(2);
            try {
                Callable<Boolean> many = () -> sameBits(model, alone);
                Future<Boolean> first = pool.submit(many);
                Future<Boolean> second = pool.submit(many);

                assertThat(first.get()).isTrue();
                assertThat(second.get()).isTrue();
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void theSameNetworkIsLoadedOnceAndClosedByTheLastWhoHasIt() throws IOException {
        ModelBundle bundle = TestBundles.read("roots");
        int before = SharedSession.open();
        LoadedModel first = new OrtBackend().load(bundle, LoadOptions.single());
        LoadedModel second = new OrtBackend().load(bundle, new LoadOptions(2));
        assertThat(SharedSession.open()).isEqualTo(before + 1);

        Lease lease = second.acquire();
        first.close();
        second.close();
        second.close();
        lease.input("x").put(0, new float[] {4, 9, 16, 25});
        lease.run(1);
        assertThat(lease.output("y").get(1)).isEqualTo(3f);
        assertThatThrownBy(second::acquire).isInstanceOf(IllegalStateException.class);
        lease.close();
        lease.close();

        assertThat(SharedSession.open()).isEqualTo(before);
    }

    @Test
    void aResultThatIsNoNumberFailsTheRunAndNotTheLease() throws IOException {
        try (LoadedModel model = TestBundles.load("roots", 1);
                Lease lease = model.acquire()) {
            InferenceStats before = model.stats();
            lease.input("x").put(0, new float[] {1, -1, 1, 1});
            assertThatThrownBy(() -> lease.run(1))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining("output 'y'")
                    .hasMessageContaining("NaN at element 1");
            lease.input("x").put(0, new float[] {1, 4, 1, 1});
            lease.run(1);

            assertThat(lease.output("y").get(1)).isEqualTo(2f);
            assertThat(model.stats().runs() - before.runs()).isEqualTo(2);
            assertThat(model.stats().failures() - before.failures()).isEqualTo(1);
            assertThat(model.stats().runNanos()).isGreaterThan(before.runNanos());
            assertThat(model.stats().leases()).isEqualTo(1);
        }
    }

    @Test
    void wrongNamesBatchesAndUsesSayWhatIsAccepted() throws IOException {
        try (LoadedModel model = TestBundles.load("roots", 2)) {
            Lease lease = model.acquire();
            assertThatThrownBy(() -> lease.input("z")).hasMessageContaining("accepted [x]");
            assertThatThrownBy(() -> lease.input("y")).hasMessageContaining("accepted [x]");
            assertThatThrownBy(() -> lease.run(0)).hasMessageContaining("accepted 1 to 2");
            assertThatThrownBy(() -> lease.run(3)).hasMessageContaining("accepted 1 to 2");
            lease.close();
            assertThatThrownBy(() -> lease.run(1)).hasMessageContaining("closed");
            assertThatThrownBy(() -> lease.input("x")).hasMessageContaining("closed");
        }
        assertThatThrownBy(() -> TestBundles.load("roots", 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accepts 1 to 4");
    }

    /** Treating denormals as zero must end with the run: Java's own arithmetic keeps them. */
    @Test
    void javaArithmeticKeepsItsDenormalsAfterARun() throws IOException {
        try (LoadedModel model = TestBundles.load("tiny", 1);
                Lease lease = model.acquire()) {
            run(lease, row(1));
            double[] small = {Double.MIN_NORMAL};
            double half = small[0] / 2;

            assertThat(half).isEqualTo(Double.longBitsToDouble(1L << 51));
        }
    }

    @Test
    void nothingIsWrittenForAMaker() throws IOException {
        TestBundles.load("tiny", 1).close();

        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        Path cache =
                Path.of(
                        System.getProperty("user.home"),
                        ".cache/Microsoft/DeveloperTools/.onnxruntime");
        // another program's runtime may have left its own there before
        long jvmStart = ManagementFactory.getRuntimeMXBean().getStartTime();
        try (Stream<Path> written = Files.exists(cache) ? Files.walk(cache) : Stream.empty()) {
            assertThat(written)
                    .as("written since this JVM started")
                    .noneMatch(p -> p.toFile().lastModified() >= jvmStart);
        }
    }

    private static boolean sameBits(LoadedModel model, float[][] alone) {
        try (Lease lease = model.acquire()) {
            for (int round = 0; round < 50; round++) {
                for (int i = 0; i < alone.length; i++) {
                    if (!java.util.Arrays.equals(run(lease, row(i)), alone[i])) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static float[] row(int seed) {
        java.util.random.RandomGenerator random = new java.util.SplittableRandom(seed);
        float[] out = new float[TINY_IN];
        for (int i = 0; i < out.length; i++) {
            out[i] = random.nextFloat() * 2 - 1;
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
