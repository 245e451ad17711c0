package io.azimuth.perception.inference.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.bundle.TensorSpec;
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
    private final int maxBatch;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
    private final FloatBuffer[] results;
    private final @Nullable Views[] views;
    private final long bufferBytes;
    private boolean closed;

    OrtLease(OrtModel model, SharedSession shared) {
        this.model = model;
        this.shared = shared;
        this.maxBatch = model.signature().maxBatch();
        this.inputs = model.signature().inputs();
        this.outputs = model.signature().outputs();
        this.views = new @Nullable Views[maxBatch + 1];
        this.results = new FloatBuffer[outputs.size()];
        long bytes = 0;
        for (TensorSpec spec : inputs) {
            bytes += add(spec);
        }
        for (int i = 0; i < results.length; i++) {
            bytes += add(outputs.get(i));
            results[i] = output(outputs.get(i).name());
        }
        bufferBytes = bytes;
        shared.leases.increment();
        shared.bufferBytes.add(bytes);
    }

    @Override
    public FloatBuffer input(String name) {
        return buffer(inputs, name, "input");
    }

    @Override
    public FloatBuffer output(String name) {
        return buffer(outputs, name, "output");
    }

    @Override
    public void bind(String name, FloatBuffer buffer) {
        requireOpen();
        FloatBuffer old = buffers.get(name);
        if (old == null) {
            throw new IllegalArgumentException(
                    "no tensor '%s', accepted %s".formatted(name, buffers.keySet()));
        }
        FloatBuffer accepted = DirectBuffers.accept(name, buffer, old.capacity());
        buffers.put(name, accepted);
        for (int i = 0; i < results.length; i++) {
            if (outputs.get(i).name().equals(name)) {
                results[i] = accepted;
            }
        }
        closeViews();
    }

    @Override
    public void run(int batch) {
        requireOpen();
        if (batch < 1 || batch > maxBatch) {
            throw new IllegalArgumentException(
                    "batch is %d, accepted 1 to %d".formatted(batch, maxBatch));
        }
        long begun = RunClock.nanos();
        shared.runs.increment();
        boolean done = false;
        try {
            Views at = views(batch);
            try (OrtSession.Result result = shared.session().run(at.inputs, Set.of(), at.outputs)) {
                requireFinite(batch, result.size());
            }
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
        if (closed) {
            return;
        }
        closed = true;
        closeViews();
        buffers.clear();
        shared.leases.decrement();
        shared.bufferBytes.add(-bufferBytes);
        shared.release();
    }

    private void requireFinite(int batch, int found) {
        for (int i = 0; i < results.length; i++) {
            TensorSpec spec = outputs.get(i);
            int bad = FiniteFloats.firstBad(results[i], batch * spec.rowElements());
            if (bad >= 0) {
                throw new InferenceFailed(
                        "network %s: output '%s' of %d holds %s at element %d, accepted are numbers"
                                .formatted(
                                        model.sha256(),
                                        spec.name(),
                                        found,
                                        results[i].get(bad),
                                        bad));
            }
        }
    }

    private long add(TensorSpec spec) {
        FloatBuffer buffer = DirectBuffers.allocate(maxBatch * spec.rowElements());
        buffers.put(spec.name(), buffer);
        return (long) buffer.capacity() * Float.BYTES;
    }

    private FloatBuffer buffer(List<TensorSpec> specs, String name, String kind) {
        requireOpen();
        for (int i = 0; i < specs.size(); i++) {
            FloatBuffer buffer = buffers.get(name);
            if (specs.get(i).name().equals(name) && buffer != null) {
                return buffer;
            }
        }
        throw new IllegalArgumentException(
                "no %s '%s', accepted %s"
                        .formatted(kind, name, specs.stream().map(TensorSpec::name).toList()));
    }

    private Views views(int batch) throws OrtException {
        Views at = views[batch];
        if (at == null) {
            at = new Views(tensors(inputs, batch), tensors(outputs, batch));
            views[batch] = at;
        }
        return at;
    }

    private Map<String, OnnxTensor> tensors(List<TensorSpec> specs, int batch) throws OrtException {
        Map<String, OnnxTensor> out = new LinkedHashMap<>();
        for (TensorSpec spec : specs) {
            FloatBuffer all = buffer(specs, spec.name(), "tensor");
            FloatBuffer rows = all.duplicate().clear().limit(batch * spec.rowElements());
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

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the lease is closed");
        }
    }
}
