package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.Capability;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets the threads of a JVM share runs of one engine: rows that arrive within a short time travel
 * as one batch. Each caller still waits for its own row, so order is kept, nothing is in flight
 * when a thread goes on, and a checkpoint finds no row under way. Thread-safe.
 */
public final class BatchingBackend implements InferenceBackend {
    private final InferenceBackend engine;
    private final int maxBatch;
    private final long maxDelayNanos;
    private final Map<String, BatchingModel.Shared> shared = new HashMap<>();

    /**
     * @param maxBatch rows of a batch at most
     * @param maxDelayNanos that the first row of a batch waits for others
     */
    public BatchingBackend(InferenceBackend engine, int maxBatch, long maxDelayNanos) {
        if (maxBatch < 1 || maxDelayNanos < 0) {
            throw new IllegalArgumentException(
                    "batches of %d within %d ns, accepted from 1 and from 0"
                            .formatted(maxBatch, maxDelayNanos));
        }
        this.engine = engine;
        this.maxBatch = maxBatch;
        this.maxDelayNanos = maxDelayNanos;
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public Capability probe() {
        return engine.probe();
    }

    /** Leases of the result take one row a run; the batch is made of several leases' rows. */
    @Override
    public LoadedModel load(ModelBundle bundle, LoadOptions options) {
        if (options.maxBatch() != 1) {
            throw new IllegalArgumentException(
                    "maxBatch is %d, accepted 1: the rows of several leases make the batch"
                            .formatted(options.maxBatch()));
        }
        int rows = Math.min(maxBatch, bundle.manifest().limits().maxBatch());
        synchronized (shared) {
            BatchingModel.Shared found = shared.get(bundle.digest());
            if (found == null) {
                LoadedModel model = engine.load(bundle, new LoadOptions(rows));
                try {
                    found = new BatchingModel.Shared(model, rows, maxDelayNanos);
                } catch (RuntimeException | Error e) { // no memory for its buffers
                    model.close();
                    throw e;
                }
                shared.put(bundle.digest(), found);
            }
            found.loaders++;
            return new BatchingModel(this, bundle.digest(), found);
        }
    }

    /**
     * What was run together so far, by the networks that are loaded now.
     *
     * @param rows over {@code batches}: how full they were in the mean
     */
    public record BatchStats(long batches, long rows) {}

    public BatchStats stats() {
        synchronized (shared) {
            long batches = 0;
            long rows = 0;
            for (BatchingModel.Shared each : shared.values()) {
                batches += each.rows.batches.sum();
                rows += each.rows.rows.sum();
            }
            return new BatchStats(batches, rows);
        }
    }

    void release(String digest, BatchingModel.Shared of) {
        synchronized (shared) {
            of.loaders--;
            if (of.loaders == 0) {
                shared.remove(digest);
                of.close();
            }
        }
    }
}
