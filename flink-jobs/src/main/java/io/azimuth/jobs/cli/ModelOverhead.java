package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.onnxruntime.BareRuns;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a lease costs on top of the engine alone, and whether memory grows. */
final class ModelOverhead {
    private static final int BLOCKS = 20;
    private static final long PAGE_BYTES = 4096;
    private static final Path RESIDENT = Path.of("/proc/self/statm");

    private ModelOverhead() {}

    /**
     * Adds the figures to {@code out}: processor microseconds a run, the least mean of {@value
     * #BLOCKS} blocks that take turns, and the bytes that a run leaves to the collector.
     */
    static void put(ObjectNode out, ModelBundle bundle, Lease lease, int batch, int runs) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int perBlock = Math.max(1, Math.min(runs, 100_000) / BLOCKS);
        double layer = Double.POSITIVE_INFINITY;
        double engine = Double.POSITIVE_INFINITY;
        long engineBytes = 0;
        try (BareRuns bare = BareRuns.open(bundle, batch)) {
            for (TensorSpec spec : bundle.manifest().inputs()) {
                bare.buffer(spec.name())
                        .put(0, lease.input(spec.name()), 0, batch * spec.rowElements());
            }
            bare.run();
            for (int block = 0; block < BLOCKS; block++) {
                long begun = threads.getCurrentThreadCpuTime();
                for (int i = 0; i < perBlock; i++) {
                    lease.run(batch);
                }
                long between = threads.getCurrentThreadCpuTime();
                long bytes = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < perBlock; i++) {
                    bare.run();
                }
                engineBytes = (threads.getCurrentThreadAllocatedBytes() - bytes) / perBlock;
                long ended = threads.getCurrentThreadCpuTime();
                layer = Math.min(layer, 1e-3 * (between - begun) / perBlock);
                engine = Math.min(engine, 1e-3 * (ended - between) / perBlock);
            }
        }
        out.put("layerCpuMicros", layer).put("engineCpuMicros", engine);
        out.put("overheadMicros", layer - engine).put("engineBytesPerRun", engineBytes);
    }

    /** Resident memory of the process; -1 where the system does not tell. */
    static long residentBytes() {
        try {
            return Long.parseLong(Files.readString(RESIDENT).split(" ")[1]) * PAGE_BYTES;
        } catch (IOException e) {
            return -1;
        }
    }
}
