package io.azimuth.perception.inference.onnxruntime;

import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.ModelSignature;

/** One loader's share of a session. */
final class OrtModel implements LoadedModel {
    private final SharedSession shared;
    private final ModelSignature signature;
    private final String sha256;
    private boolean closed;

    OrtModel(SharedSession shared, ModelSignature signature, String sha256) {
        this.shared = shared;
        this.signature = signature;
        this.sha256 = sha256;
    }

    @Override
    public ModelSignature signature() {
        return signature;
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public synchronized Lease acquire() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        shared.retain();
        try {
            return new OrtLease(this, shared);
        } catch (RuntimeException | OutOfMemoryError e) {
            shared.release();
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
            shared.release();
        }
    }
}
