package io.azimuth.perception.inference.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.onnxruntime.TestBundles;
import io.azimuth.perception.inference.tensorrt.seam.ScriptedTrtNative;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole life (load, golden runs, runs of two sizes, close) with each of its calls failing in
 * turn, once with each kind of error.
 */
class EveryCallFailsTest {
    private static final int INVALID_VALUE = 1;
    private static final int OUT_OF_MEMORY = 2;
    private static final int ILLEGAL_ADDRESS = 700;

    @TempDir private Path folder;

    /** What became of one life. */
    private record Life(
            ScriptedTrtNative trt, TrtStats stats, List<Throwable> failures, int done) {}

    @Test
    void noCallThatFailsLeaksFreesTwiceOrFreesTooEarly() throws IOException {
        ModelBundle bundle = TestBundles.read("tiny");
        int calls = live(new ScriptedTrtNative(bundle), bundle, "clean").trt.calls().size();
        assertThat(calls).isGreaterThan(80);
        TreeMap<String, Integer> outcomes = new TreeMap<>();
        for (int code : new int[] {INVALID_VALUE, OUT_OF_MEMORY}) {
            for (int k = 1; k <= calls; k++) {
                ScriptedTrtNative trt = new ScriptedTrtNative(bundle);
                trt.failAt(k, code);
                Life life = live(trt, bundle, code + "-" + k);
                String where = "call %d, %s, code %d".formatted(k, trt.calls().get(k - 1), code);

                assertThat(trt.wrong()).as(where).isEmpty();
                assertThat(trt.alive()).as(where).isEmpty();
                assertThat(life.stats.lost()).as(where).isEmpty();
                assertThat(life.stats.abandoned()).as(where).isZero();
                assertThat(life.failures)
                        .as(where)
                        .allMatch(f -> isDocumented(f))
                        .hasSizeLessThanOrEqualTo(1);
                assertThat(life.failures.isEmpty() || isLoad(life) || life.done == 7)
                        .as("%s: only one run may fail, %d of 8 did not", where, life.done)
                        .isTrue();
                outcomes.merge(name(life), 1, Integer::sum);
            }
        }
        assertThat(outcomes.keySet())
                .contains("none", "BackendUnavailable", "InferenceFailed", "ModelRejected");
    }

    @Test
    void anErrorThatStaysLosesTheDeviceAndTouchesNothingMore() throws IOException {
        ModelBundle bundle = TestBundles.read("tiny");
        int calls = live(new ScriptedTrtNative(bundle), bundle, "clean").trt.calls().size();
        for (int k = 1; k <= calls; k++) {
            ScriptedTrtNative trt = new ScriptedTrtNative(bundle);
            trt.failFrom(k, ILLEGAL_ADDRESS);
            Life life = live(trt, bundle, "lost-" + k);
            String where = "from call %d, %s".formatted(k, trt.calls().get(k - 1));

            assertThat(trt.wrong()).as(where).isEmpty();
            assertThat(life.failures).as(where).allMatch(f -> isDocumented(f));
            assertThat(trt.calls().size() - k).as("%s: calls after the loss", where).isLessThan(40);
        }
    }

    private Life live(ScriptedTrtNative trt, ModelBundle bundle, String name) {
        TrtStand stand =
                new TrtStand(trt, folder.resolve(name), TrtOptions.defaults().withContexts(1));
        List<Throwable> failures = new ArrayList<>();
        int done = 0;
        try (LoadedModel model = stand.backend.load(bundle, new LoadOptions(4));
                Lease lease = model.acquire()) {
            for (int i = 0; i < 8; i++) {
                try {
                    lease.run(i % 2 == 0 ? 1 : 4);
                    done++;
                } catch (InferenceFailed e) {
                    failures.add(e);
                }
            }
        } catch (BackendUnavailable | ModelRejected e) {
            failures.add(e);
        }
        stand.close();
        return new Life(trt, stand.host.stats(), failures, done);
    }

    private static boolean isLoad(Life life) {
        return life.done == 0 && !(life.failures.get(0) instanceof InferenceFailed);
    }

    private static boolean isDocumented(Throwable failure) {
        return failure instanceof InferenceFailed
                || failure instanceof BackendUnavailable
                || failure instanceof ModelRejected;
    }

    private static String name(Life life) {
        return life.failures.isEmpty() ? "none" : life.failures.get(0).getClass().getSimpleName();
    }
}
