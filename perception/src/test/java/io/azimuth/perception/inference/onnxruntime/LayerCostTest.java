package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What the layer costs beside ONNX Runtime alone with pinned tensors, on a network that does next
 * to nothing. Processor time, not the wall's. The long study is {@code deploy/bench inference}.
 */
class LayerCostTest {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BLOCK = 2000;

    @Test
    void aCallCostsAtMostTenMicrosecondsAndAKilobyteMoreThanTheEngine() throws IOException {
        ModelBundle bundle = TestBundles.read("part");
        try (LoadedModel model = TestBundles.load("part", 1);
                Lease lease = model.acquire();
                BareRuns bare = BareRuns.open(bundle, 1)) {
            double layer = Double.POSITIVE_INFINITY;
            double engine = Double.POSITIVE_INFINITY;
            for (int block = 0; block < 20; block++) { // the first ones warm up
                layer = Math.min(layer, cpuMicros(() -> lease.run(1)));
                engine = Math.min(engine, cpuMicros(bare::run));
            }
            long layerBytes = bytes(() -> lease.run(1));
            long engineBytes = bytes(bare::run);

            assertThat(layer - engine).as("us above %s", engine).isLessThanOrEqualTo(10);
            assertThat(layerBytes).as("bytes, the engine's %s", engineBytes).isLessThan(1024);
        }
    }

    @Test
    void batchSizesTakeTurnsWithoutNewTensors() throws IOException {
        try (LoadedModel model = TestBundles.load("part", 4);
                Lease lease = model.acquire()) {
            Runnable turns =
                    () -> {
                        for (int batch = 1; batch <= 4; batch++) {
                            lease.run(batch);
                        }
                    };
            cpuMicros(turns);

            assertThat(bytes(turns)).isLessThan(4 * 1024);
        }
    }

    @Test
    void runsAndLeasesLeaveNoNativeMemoryBehind() throws IOException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/statm")), "no /proc: resident memory unknown");
        try (LoadedModel model = TestBundles.load("part", 1);
                Lease lease = model.acquire()) {
            touchTheHeap();
            Runnable work =
                    () -> {
                        for (int i = 0; i < 40_000; i++) {
                            lease.run(1);
                        }
                        for (int i = 0; i < 1000; i++) {
                            Lease another = model.acquire();
                            another.run(1);
                            another.close();
                        }
                    };
            work.run();
            work.run();
            long before = residentBytes();
            work.run();
            work.run();

            // an unclosed result keeps 3 KiB: this would be 240 MB; the JVM itself moves by 5
            assertThat(residentBytes() - before).isLessThan(16L << 20);
        }
    }

    private static double cpuMicros(Runnable run) {
        long begun = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < BLOCK; i++) {
            run.run();
        }
        return 1e-3 * (THREADS.getCurrentThreadCpuTime() - begun) / BLOCK;
    }

    private static long bytes(Runnable run) {
        long begun = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < BLOCK; i++) {
            run.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - begun) / BLOCK;
    }

    /** Fills the young generation twice: its pages are resident from then on. */
    private static void touchTheHeap() {
        long begun = collections();
        byte[][] garbage = new byte[16][];
        for (int i = 0; collections() < begun + 2; i++) {
            garbage[i % garbage.length] = new byte[1 << 16];
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long residentBytes() {
        try {
            String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
            return Long.parseLong(pages[1]) * 4096;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
