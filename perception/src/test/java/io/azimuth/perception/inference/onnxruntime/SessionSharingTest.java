package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.testing.Property;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session lives as long as somebody has a share of it, and no longer. */
class SessionSharingTest {
    @TempDir private Path temp;

    private record Open(int network, AutoCloseable share) {}

    @Test
    void whateverTheOrderOfLoadsAndClosesASessionIsOpenWhileSomebodyHasAShare() throws IOException {
        List<ModelBundle> bundles =
                List.of(
                        TestBundles.read("tiny"),
                        TestBundles.read("roots"),
                        TestBundles.read("part"));
        int before = SharedSession.open();
        Property.forAll(
                15,
                random -> {
                    List<Open> open = new ArrayList<>();
                    for (int step = 0; step < 40; step++) {
                        int choice = random.nextInt(3);
                        if (choice == 0) {
                            int network = random.nextInt(3);
                            open.add(new Open(network, load(bundles.get(network))));
                        } else if (!open.isEmpty()) {
                            Open one = open.get(random.nextInt(open.size()));
                            if (choice == 1 && one.share instanceof LoadedModel model) {
                                open.add(new Open(one.network, model.acquire()));
                            } else if (choice == 2) {
                                open.remove(one);
                                close(one.share);
                            }
                        }
                        assertThat(SharedSession.open() - before).isEqualTo(networks(open));
                        open.forEach(o -> runIfLease(o.share));
                    }
                    open.forEach(o -> close(o.share));
                    assertThat(SharedSession.open()).isEqualTo(before);
                });
    }

    @Test
    void manyThreadsThatLoadAndCloseNeverMeetAClosedSession() throws Exception {
        ModelBundle bundle = TestBundles.read("roots");
        int before = SharedSession.open();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int seed = i;
                Callable<Integer> work = () -> loadAndRun(bundle, new SplittableRandom(seed));
                running.add(pool.submit(work));
            }
            for (Future<Integer> each : running) {
                assertThat(each.get()).isEqualTo(100);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(SharedSession.open()).isEqualTo(before);
    }

    @Test
    void aLoadThatIsRefusedLeavesNoSessionBehindAndSpoilsNoOther() throws IOException {
        Path spoilt = TestBundles.copy("roots", temp.resolve("spoilt"));
        TestBundles.editManifest(
                spoilt, m -> ((ObjectNode) m.get("golden").get(0)).put("in", "golden/out.f32"));
        ModelBundle bundle = BundleReader.read(spoilt);
        int before = SharedSession.open();
        assertThatThrownBy(() -> load(bundle)).isInstanceOf(ModelRejected.class);
        assertThat(SharedSession.open()).isEqualTo(before);

        try (LoadedModel good = load(TestBundles.read("roots"));
                Lease lease = good.acquire()) {
            assertThatThrownBy(() -> load(bundle)).isInstanceOf(ModelRejected.class);
            runIfLease(lease);
            assertThat(SharedSession.open()).isEqualTo(before + 1);
        }
        assertThat(SharedSession.open()).isEqualTo(before);
    }

    private static int loadAndRun(ModelBundle bundle, SplittableRandom random) {
        int right = 0;
        for (int i = 0; i < 100; i++) {
            LoadedModel model = load(bundle);
            Lease lease = model.acquire();
            boolean modelFirst = random.nextBoolean();
            if (modelFirst) {
                model.close(); // the lease goes on
            }
            lease.input("x").put(0, new float[] {i, i, i, i});
            lease.run(1);
            right += lease.output("y").get(3) == (float) Math.sqrt(i) ? 1 : 0;
            lease.close();
            if (!modelFirst) {
                model.close();
            }
        }
        return right;
    }

    private static LoadedModel load(ModelBundle bundle) {
        return new OrtBackend().load(bundle, LoadOptions.single());
    }

    private static int networks(List<Open> open) {
        Set<Integer> out = new HashSet<>();
        open.forEach(o -> out.add(o.network));
        return out.size();
    }

    private static void runIfLease(AutoCloseable share) {
        if (share instanceof Lease lease) {
            lease.run(1);
        }
    }

    private static void close(AutoCloseable share) {
        try {
            share.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
