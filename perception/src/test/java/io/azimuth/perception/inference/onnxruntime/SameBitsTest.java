package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same input gives the same bits: again, at the same time, in another session, through DJL. */
class SameBitsTest {
    private static final int ROWS = 32;
    private static final int IN = 2 * 8 * 8;
    private static final int OUT = 8 * 8;

    @TempDir private Path temp;

    @Test
    void anotherSessionGivesTheSameBits() throws Exception {
        ModelBundle bundle = TestBundles.read("tiny");
        try (BareRuns first = BareRuns.open(bundle, 1);
                BareRuns second = BareRuns.open(bundle, 1)) {
            for (int seed = 0; seed < ROWS; seed++) {
                assertThat(bare(second, seed)).isEqualTo(bare(first, seed));
            }
        }
        try (LoadedModel model = TestBundles.load("tiny", 1);
                Lease lease = model.acquire();
                BareRuns bare = BareRuns.open(bundle, 1)) {
            for (int seed = 0; seed < ROWS; seed++) {
                assertThat(leased(lease, seed)).isEqualTo(bare(bare, seed));
            }
        }
    }

    @Test
    void aNetworkThatIsClosedAndLoadedAgainGivesTheSameBits() throws Exception {
        float[][] before = all();

        assertThat(all()).isDeepEqualTo(before);
    }

    @Test
    void oneTwoAndFourLeasesAtTheSameTimeGiveTheSameBits() throws Exception {
        try (LoadedModel model = TestBundles.load("tiny", 1)) {
            float[][] alone = all();
            for (int threads : new int[] {1, 2, 4}) {
                ExecutorService pool = Executors.newFixedThreadPool(threads);
                try {
                    CyclicBarrier together = new CyclicBarrier(threads);
                    Callable<Integer> work = () -> differing(model, alone, together);
                    List<Future<Integer>> running = new ArrayList<>();
                    for (int i = 0; i < threads; i++) {
                        running.add(pool.submit(work));
                    }
                    for (Future<Integer> each : running) {
                        assertThat(each.get()).as("%d threads", threads).isZero();
                    }
                } finally {
                    pool.shutdownNow();
                }
            }
        }
    }

    @Test
    void theLayerGivesTheBitsOfDjlsOwnPredictor() throws Exception {
        Path folder = TestBundles.copy("tiny", temp.resolve("tiny"));
        assertThat(new OrtBackend().probe().available()).isTrue();
        Criteria<float[], float[]> criteria =
                Criteria.builder()
                        .setTypes(float[].class, float[].class)
                        .optModelPath(folder)
                        .optModelName("model.onnx")
                        .optEngine("OnnxRuntime")
                        .optTranslator(new PlainTranslator())
                        .build();
        try (ZooModel<float[], float[]> plain = criteria.loadModel();
                Predictor<float[], float[]> predictor = plain.newPredictor();
                LoadedModel model =
                        new OrtBackend()
                                .load(
                                        BundleReader.read(folder),
                                        io.azimuth.perception.inference.LoadOptions.single());
                Lease lease = model.acquire()) {
            for (int seed = 0; seed < ROWS; seed++) {
                assertThat(leased(lease, seed)).isEqualTo(predictor.predict(row(seed)));
            }
        }
    }

    private static int differing(LoadedModel model, float[][] alone, CyclicBarrier together)
            throws Exception {
        int out = 0;
        try (Lease lease = model.acquire()) {
            together.await();
            for (int round = 0; round < 20; round++) {
                for (int seed = 0; seed < ROWS; seed++) {
                    out += Arrays.equals(leased(lease, seed), alone[seed]) ? 0 : 1;
                }
            }
        }
        return out;
    }

    private static float[][] all() throws Exception {
        try (LoadedModel model = TestBundles.load("tiny", 1);
                Lease lease = model.acquire()) {
            float[][] out = new float[ROWS][];
            for (int seed = 0; seed < ROWS; seed++) {
                out[seed] = leased(lease, seed);
            }
            return out;
        }
    }

    private static float[] leased(Lease lease, int seed) {
        lease.input("x").put(0, row(seed));
        lease.run(1);
        float[] out = new float[OUT];
        lease.output("y").get(0, out);
        return out;
    }

    private static float[] bare(BareRuns runs, int seed) {
        runs.buffer("x").put(0, row(seed));
        runs.run();
        float[] out = new float[OUT];
        runs.buffer("y").get(0, out);
        return out;
    }

    private static float[] row(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] out = new float[IN];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextDouble(-2, 2);
        }
        return out;
    }

    /** What a DJL user would write first. */
    private static final class PlainTranslator implements Translator<float[], float[]> {
        @Override
        public NDList processInput(TranslatorContext context, float[] input) {
            NDArray array = context.getNDManager().create(input, new Shape(1, 2, 8, 8));
            return new NDList(array);
        }

        @Override
        public float[] processOutput(TranslatorContext context, NDList list) {
            return list.singletonOrThrow().toFloatArray();
        }

        @Override
        public Batchifier getBatchifier() {
            return null;
        }
    }
}
