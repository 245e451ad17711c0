package io.azimuth.perception.inference.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.checks.LeaseBuffers;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Buffers of one thread with the tensors that lie over them, one set a batch size. */
final class OrtLease implements Lease {
    /** Views of the buffers as the engine takes them, for one batch size. */
    private record Views(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

    private final SharedSession shared;
    private final OrtModel model;
    private final LeaseBuffers buffers;
    private final @Nullable Views[] views;

    OrtLease(OrtModel model, SharedSession shared) {
        this.model = model;
        this.shared = shared;
        buffers = new LeaseBuffers(model.signature(), model.sha256());
        views = new @Nullable Views[model.signature().maxBatch() + 1];
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
        closeViews();
    }

    @Override
    public void run(int batch) {
        buffers.requireRows(batch);
        long begun = RunClock.nanos();
        shared.runs.increment();
        boolean done = false;
        try {
            buffers.requireFiniteInputs(batch);
            Views at = views(batch);
            shared.session().run(at.inputs, Set.of(), at.outputs).close();
            buffers.requireFiniteOutputs(batch);
            done = true;
        } catch (OrtException e) {
            throw new InferenceFailed(
                    "network %s, batch %d: %s".formatted(model.sha256(), batch, e.getMessage()), e);
        } finally {
            shared.runNanos.add(RunClock.nanos() - begun);
            if (!done) {
                shared.failures.increment();
            }
        }
    }

    @Override
    public void close() {
        if (buffers.close()) {
            closeViews();
            shared.leases.decrement();
            shared.bufferBytes.add(-buffers.bytes());
            shared.release();
        }
    }

    private Views views(int batch) throws OrtException {
        Views at = views[batch];
        if (at == null) {
            at =
                    new Views(
                            tensors(model.signature().inputs(), buffers.inputs(), batch),
                            tensors(model.signature().outputs(), buffers.outputs(), batch));
            views[batch] = at;
        }
        return at;
    }

    private static Map<String, OnnxTensor> tensors(
            List<TensorSpec> specs, FloatBuffer[] all, int batch) throws OrtException {
        Map<String, OnnxTensor> out = new LinkedHashMap<>();
        for (int i = 0; i < all.length; i++) {
            TensorSpec spec = specs.get(i);
            FloatBuffer rows = all[i].duplicate().clear().limit(batch * spec.rowElements());
            out.put(
                    spec.name(),
                    OnnxTensor.createTensor(
                            OrtRuntime.environment(), rows.slice(), spec.shapeFor(batch)));
        }
        return out;
    }

    private void closeViews() {
        for (int i = 0; i < views.length; i++) {
            Views at = views[i];
            if (at != null) {
                at.inputs.values().forEach(OnnxTensor::close);
                at.outputs.values().forEach(OnnxTensor::close);
                views[i] = null;
            }
        }
    }
}
