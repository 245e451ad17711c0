package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.ModelSignature;

/** One loader's share of a network whose rows travel together. */
final class BatchingModel implements LoadedModel {
    /** What all loaders share: the engine's model and the one gathering of rows. */
    static final class Shared {
        final LoadedModel model;
        final RowGathering rows;
        int loaders;

        Shared(LoadedModel model, int maxBatch, long maxDelayNanos, BatchCounters counters) {
            this.model = model;
            this.rows = new RowGathering(model, maxBatch, maxDelayNanos, counters);
        }

        void close() {
            rows.close();
            model.close();
        }
    }

    private final BatchingBackend backend;
    private final String digest;
    private final Shared shared;
    private boolean closed;
    private int leases;

    BatchingModel(BatchingBackend backend, String digest, Shared shared) {
        this.backend = backend;
        this.digest = digest;
        this.shared = shared;
    }

    @Override
    public ModelSignature signature() {
        ModelSignature whole = shared.model.signature();
        return new ModelSignature(whole.inputs(), whole.outputs(), 1);
    }

    @Override
    public String sha256() {
        return shared.model.sha256();
    }

    @Override
    public synchronized Lease acquire() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        RowLease lease = new RowLease(this, signature(), shared.rows);
        leases++;
        shared.rows.opened();
        return lease;
    }

    @Override
    public InferenceStats stats() {
        return shared.model.stats();
    }

    synchronized void returned() {
        leases--;
        shared.rows.returned();
        releaseIfDone();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            releaseIfDone();
        }
    }

    private void releaseIfDone() {
        if (closed && leases == 0) {
            leases = -1; // once
            backend.release(digest, shared);
        }
    }
}
