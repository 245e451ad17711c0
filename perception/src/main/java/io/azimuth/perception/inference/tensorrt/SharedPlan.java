package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** One plan of one network, shared by all who loaded it; the last one unloads it. Thread-safe. */
final class SharedPlan {
    private final TrtHost host;
    private final LoadedPlan plan;
    private final BatchSizes sizes;
    private final long weightBytes;
    private final Map<Integer, SlotPool> pools = new TreeMap<>();
    private int shares = 1;

    final LongAdder runs = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder runNanos = new LongAdder();
    final LongAdder leases = new LongAdder();
    final LongAdder bufferBytes = new LongAdder();

    SharedPlan(TrtHost host, LoadedPlan plan, int maxBatch, long weightBytes) {
        this.host = host;
        this.plan = plan;
        this.sizes = new BatchSizes(maxBatch);
        this.weightBytes = weightBytes;
    }

    LoadedPlan plan() {
        return plan;
    }

    TrtHost host() {
        return host;
    }

    /**
     * @param maxBatch of the lease: what all its runs are padded to, if they are to be of one shape
     */
    void run(FloatBuffer[] in, FloatBuffer[] out, int batch, int maxBatch) {
        host.requireAlive();
        int rows = sizes.holding(host.options().oneShape() ? maxBatch : batch);
        boolean batched = plan.inputs().stream().anyMatch(TensorSpec::batched);
        SlotPool pool = pool(batched ? rows : 1);
        try {
            pool.run(in, out, batch);
        } catch (TrtFailure e) {
            if (!e.isOutOfMemory()) {
                throw e;
            }
            makeRoom(pool); // if there is none to make, another thread may have made it
            pool.run(in, out, batch);
        }
    }

    /** Closes contexts of other sizes that wait for work. */
    private void makeRoom(SlotPool pool) {
        host.clearError();
        synchronized (pools) {
            for (SlotPool other : pools.values()) {
                if (other != pool) {
                    other.close();
                }
            }
        }
    }

    private SlotPool pool(int rows) {
        synchronized (pools) {
            return pools.computeIfAbsent(rows, r -> new SlotPool(host, plan, r));
        }
    }

    /** One more share; guarded by the host's lock. */
    void retain() {
        if (shares == 0) {
            throw new IllegalStateException("the plan of " + plan.sha256() + " is unloaded");
        }
        shares++;
    }

    /**
     * @return whether that was the last one; guarded by the host's lock
     */
    boolean release() {
        shares--;
        return shares == 0;
    }

    /** Closes all contexts, then the plan. */
    void unload() {
        host.selectQuietly();
        synchronized (pools) {
            pools.values().forEach(SlotPool::close);
            pools.clear();
        }
        if (!host.isLost()) {
            host.destroyEngine(plan.engine());
        }
    }

    InferenceStats stats() {
        return new InferenceStats(
                runs.sum(),
                failures.sum(),
                runNanos.sum(),
                leases.sum(),
                weightBytes + bufferBytes.sum());
    }
}
