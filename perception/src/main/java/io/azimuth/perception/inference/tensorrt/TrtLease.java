package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.checks.LeaseBuffers;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import java.nio.FloatBuffer;

/**
 * Buffers of one thread. They are Java's own and no native handle: a buffer kept after the lease
 * was closed harms nobody. A run copies them into the memory that the device reaches.
 */
final class TrtLease implements Lease {
    private final TrtLoadedModel model;
    private final SharedPlan shared;
    private final LeaseBuffers buffers;

    TrtLease(TrtLoadedModel model, SharedPlan shared) {
        this.model = model;
        this.shared = shared;
        buffers = new LeaseBuffers(model.signature(), model.sha256());
        shared.leases.increment();
        shared.bufferBytes.add(buffers.bytes());
    }

    @Override
    public FloatBuffer input(String name) {
        return buffers.input(name);
    }

    @Override
    public FloatBuffer output(String name) {
        return buffers.output(name);
    }

    @Override
    public void bind(String name, FloatBuffer buffer) {
        buffers.bind(name, buffer);
    }

    @Override
    public void run(int batch) {
        buffers.requireRows(batch);
        long begun = shared.host().ticker().nanos();
        shared.runs.increment();
        boolean done = false;
        try {
            buffers.requireFiniteInputs(batch);
            shared.run(buffers.inputs(), buffers.outputs(), batch, model.signature().maxBatch());
            buffers.requireFiniteOutputs(batch);
            done = true;
        } catch (TrtFailure | Hung e) {
            throw new InferenceFailed(
                    "network %s on TensorRT, batch %d: %s"
                            .formatted(model.sha256(), batch, e.getMessage()),
                    e);
        } finally {
            shared.runNanos.add(shared.host().ticker().nanos() - begun);
            if (!done) {
                shared.failures.increment();
            }
        }
    }

    @Override
    public void close() {
        if (buffers.close()) {
            shared.leases.decrement();
            shared.bufferBytes.add(-buffers.bytes());
            shared.host().release(shared);
        }
    }
}
