package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.ModelSignature;

/** One loader's share of a plan. */
final class TrtLoadedModel implements LoadedModel {
    private final SharedPlan shared;
    private final ModelSignature signature;
    private boolean closed;

    TrtLoadedModel(SharedPlan shared, ModelSignature signature) {
        this.shared = shared;
        this.signature = signature;
    }

    @Override
    public ModelSignature signature() {
        return signature;
    }

    @Override
    public String sha256() {
        return shared.plan().sha256();
    }

    @Override
    public synchronized Lease acquire() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        shared.host().retain(shared);
        try {
            return new TrtLease(this, shared);
        } catch (RuntimeException | OutOfMemoryError e) {
            shared.host().release(shared);
            throw e;
        }
    }

    @Override
    public InferenceStats stats() {
        return shared.stats();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            shared.host().release(shared);
        }
    }
}
