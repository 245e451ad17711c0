package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Memory that is ours: who owns it, when it goes, and who may use it meanwhile. */
@ExtendWith(RequiresPcl.class)
class NativeCloudTest {
    private static final int THREADS = 8;
    private static final int CALLS = 1000;

    @TempDir private Path folder;

    @Test
    void pointsComeBackAsTheyWentIn() {
        PointCloud points = Clouds.street(1, 500, 0.02);
        try (NativeCloud cloud = NativeCloud.of(points)) {
            PointCloud back = cloud.points();

            assertThat(back.size()).isEqualTo(500);
            assertThat(back.x()).isEqualTo(points.x());
            assertThat(back.y()).isEqualTo(points.y());
            assertThat(back.z()).isEqualTo(points.z());
        }
    }

    @Test
    void buffersOfAnyKindAreReadBetweenPositionAndLimit() {
        float[] xyz = {9, 9, 9, 1, 2, 3, 4, 5, 6, 8, 8, 8};
        ByteBuffer direct = ByteBuffer.allocateDirect(48).order(ByteOrder.nativeOrder());
        ByteBuffer swapped = ByteBuffer.allocateDirect(48).order(ByteOrder.BIG_ENDIAN);
        FloatBuffer heap = FloatBuffer.wrap(xyz);
        List<FloatBuffer> all =
                List.of(
                        heap,
                        heap.asReadOnlyBuffer(),
                        direct.asFloatBuffer().put(xyz),
                        swapped.asFloatBuffer().put(xyz));
        for (FloatBuffer buffer : all) {
            buffer.position(3).limit(9);
            try (NativeCloud cloud = NativeCloud.of(buffer)) {
                assertThat(cloud.points().x()).containsExactly(1, 4);
                assertThat(cloud.points().z()).containsExactly(3, 6);
            }
            assertThat(buffer.position()).isEqualTo(3);
            assertThat(buffer.limit()).isEqualTo(9);
        }
    }

    @Test
    void theFirstBadCoordinateIsNamed() {
        PointCloud points = Clouds.street(2, 50, 0.02);
        points.y()[17] = Float.NaN;
        points.z()[30] = 2e5f;

        assertThatThrownBy(() -> NativeCloud.of(points))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("coordinate y of point 17 is nan");
        points.y()[17] = 0;
        assertThatThrownBy(() -> NativeCloud.of(points))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("coordinate z of point 30 is 200000");
    }

    @Test
    void aClosedCloudIsRefusedByEverything() {
        NativeCloud open = NativeCloud.of(Clouds.street(3, 100, 0.02));
        NativeCloud closed = NativeCloud.of(Clouds.street(4, 100, 0.02));
        closed.close();
        closed.close();
        FloatBuffer queries = Clouds.triples(Clouds.of(0, 0, 0));
        float[] origin = new float[3];
        PclRegistration.Settings settings = PclRegistration.Settings.defaults();
        List<Runnable> calls =
                List.of(
                        closed::points,
                        () -> closed.select(new int[] {0}),
                        () -> closed.nearest(queries, 1),
                        () -> closed.within(queries, 1, 0),
                        () -> PclFilters.voxelGrid(closed, 1),
                        () -> PclFilters.approximateVoxelGrid(closed, 1),
                        () -> PclFilters.statisticalInliers(closed, 5, 1),
                        () -> PclFilters.radiusInliers(closed, 1, 1),
                        () -> PclFeatures.normals(closed, 5, origin, 1),
                        () -> PclSegmentation.plane(closed, 0.1, 10),
                        () -> PclSegmentation.clusters(closed, 1, 1, 10),
                        () -> PclRegistration.gicp(closed, open, RigidTransform.IDENTITY, settings),
                        () -> PclRegistration.ndt(open, closed, RigidTransform.IDENTITY, settings));

        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is closed");
        }
        assertThat(closed.size()).isEqualTo(100);
        open.close();
    }

    @Test
    void closingDuringACallLetsItEnd() throws Exception {
        PointCloud street = Clouds.street(5, 1500, 0.02);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 40; round++) {
                NativeCloud cloud = NativeCloud.of(street);
                CountDownLatch started = new CountDownLatch(1);
                Future<Integer> user =
                        pool.submit(
                                () -> {
                                    int done = 0;
                                    started.countDown();
                                    try {
                                        for (; done < 100; done++) {
                                            PclFeatures.normals(cloud, 20, new float[3], 1);
                                        }
                                    } catch (IllegalStateException closed) {
                                        assertThat(closed).hasMessageContaining("is closed");
                                    }
                                    return done;
                                });
                started.await();
                Thread.onSpinWait();
                cloud.close();
                assertThat(user.get()).isLessThan(100);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void manyThreadsGetWhatOneGets() throws Exception {
        PointCloud street = Clouds.street(6, 3000, 0.02);
        try (NativeCloud cloud = NativeCloud.of(street)) {
            List<NativeCloud.Neighbours> alone = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                alone.add(cloud.nearest(query(call), 4));
            }
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<Boolean>> all = new ArrayList<>();
                for (int t = 0; t < THREADS; t++) {
                    all.add(pool.submit(() -> same(cloud, alone, street)));
                }
                for (Future<Boolean> each : all) {
                    assertThat(each.get()).isTrue();
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    /** All calls on one cloud; every hundredth also on clouds of its own. */
    private static boolean same(
            NativeCloud cloud, List<NativeCloud.Neighbours> alone, PointCloud points) {
        boolean same = true;
        for (int call = 0; call < CALLS; call++) {
            NativeCloud.Neighbours found = cloud.nearest(query(call), 4);
            same &= java.util.Arrays.equals(found.indices(), alone.get(call).indices());
            if (call % 100 == 0) {
                try (NativeCloud own = NativeCloud.of(points);
                        NativeCloud thin = PclFilters.voxelGrid(own, 0.5)) {
                    same &= thin.size() > 0 && thin.size() < points.size();
                }
            }
        }
        return same;
    }

    private static FloatBuffer query(int call) {
        return Clouds.triples(Clouds.box(call, 3, 20, 10, 5));
    }

    @Test
    void tenThousandCloudsLeaveTheMemoryAsItWas() throws Exception {
        ForkedJvm.Remains jvm =
                new ForkedJvm().withOptions("-Xmx256m").run(ManyClouds.class, folder);

        assertThat(jvm.exitStatus()).as(jvm.tail()).isZero();
        assertThat(jvm.tail()).contains("live 0");
        long grownKb = Long.parseLong(jvm.tail().replaceAll("(?s).*grown (-?\\d+) kB.*", "$1"));
        assertThat(grownKb).as(jvm.tail()).isLessThan(20_000);
    }

    @Test
    void forgottenCloudsAreFreedByTheCollector() throws Exception {
        ForkedJvm.Remains jvm =
                new ForkedJvm().withOptions("-Xmx256m").run(ForgottenClouds.class, folder);

        assertThat(jvm.exitStatus()).as(jvm.tail()).isZero();
        assertThat(jvm.tail()).contains("forgotten 500, live 0");
    }

    /** Makes, uses and closes 10 000 clouds. */
    static final class ManyClouds {
        public static void main(String[] args) throws Exception {
            PointCloud street = Clouds.street(1, 3000, 0.02);
            FloatBuffer query = Clouds.triples(Clouds.of(1, 1, 1));
            long before = 0;
            for (int i = 0; i < 10_000; i++) {
                if (i == 2000) { // compiled, and every pool filled
                    before = residentKb();
                }
                try (NativeCloud cloud = NativeCloud.of(street);
                        NativeCloud thin = PclFilters.voxelGrid(cloud, 0.5)) {
                    thin.nearest(query, 5);
                }
            }
            System.out.printf(
                    "live %d, resident %d kB, grown %d kB%n",
                    PclRuntime.liveClouds(), residentKb(), residentKb() - before);
        }

        private static long residentKb() throws Exception {
            for (String line : java.nio.file.Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            throw new IllegalStateException("/proc/self/status names no VmRSS");
        }
    }

    /** Makes 500 clouds and closes none. */
    static final class ForgottenClouds {
        public static void main(String[] args) throws Exception {
            PointCloud street = Clouds.street(1, 1000, 0.02);
            for (int i = 0; i < 500; i++) {
                NativeCloud.of(street);
            }
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (PclRuntime.liveClouds() > 0 && System.nanoTime() < deadline) {
                System.gc();
                Thread.onSpinWait();
            }
            System.out.println("forgotten 500, live " + PclRuntime.liveClouds());
        }
    }
}
