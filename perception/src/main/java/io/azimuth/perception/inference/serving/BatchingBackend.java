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
 * when a thread goes on, and a checkpoint finds no row under way. A run that fails is repeated, row
 * by row. Thread-safe.
 */
public final class BatchingBackend implements InferenceBackend {
    private final InferenceBackend engine;
    private final int maxBatch;
    private final int leaseRows;
    private final long maxDelayNanos;
    private final BatchCounters counters;
    private final Map<String, BatchingModel.Shared> shared = new HashMap<>();

    /**
     * @param maxBatch rows of a batch at most
     * @param maxDelayNanos that the first row of a batch waits for others
     */
    public BatchingBackend(InferenceBackend engine, int maxBatch, long maxDelayNanos) {
        this(engine, maxBatch, maxDelayNanos, maxBatch);
    }

    /**
     * @param leaseRows of the engine's buffers, at least {@code maxBatch}: an engine that always
     *     runs all of them gives a row the same bytes at any {@code maxBatch}
     */
    public BatchingBackend(
            InferenceBackend engine, int maxBatch, long maxDelayNanos, int leaseRows) {
        if (maxBatch < 1 || maxDelayNanos < 0 || leaseRows < maxBatch) {
            throw new IllegalArgumentException(
                    "batches of %d of %d rows within %d ns, accepted from 1, no more than the rows, and from 0"
                            .formatted(maxBatch, leaseRows, maxDelayNanos));
        }
        this.engine = engine;
        this.maxBatch = maxBatch;
        this.leaseRows = leaseRows;
        this.maxDelayNanos = maxDelayNanos;
        this.counters = new BatchCounters(maxBatch);
    }

    /** What runs the batches. */
    public InferenceBackend engine() {
        return engine;
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
        int allowed = bundle.manifest().limits().maxBatch();
        int rows = Math.min(maxBatch, allowed);
        synchronized (shared) {
            BatchingModel.Shared found = shared.get(bundle.digest());
            if (found == null) {
                LoadedModel model =
                        engine.load(bundle, new LoadOptions(Math.min(leaseRows, allowed)));
                try {
                    found = new BatchingModel.Shared(model, rows, maxDelayNanos, counters);
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

    /** What was run together since this backend was made. */
    public BatchStats stats() {
        return counters.stats();
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
