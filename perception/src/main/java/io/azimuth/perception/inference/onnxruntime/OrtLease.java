package io.azimuth.perception.inference.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.checks.FiniteFloats;
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
    private final FloatBuffer[] given;
    private final FloatBuffer[] results;
    private final @Nullable Views[] views;
    private final long bufferBytes;
    private final FiniteFloats finite = new FiniteFloats();
    private boolean closed;

    OrtLease(OrtModel model, SharedSession shared) {
        this.model = model;
        this.shared = shared;
        this.maxBatch = model.signature().maxBatch();
        this.inputs = model.signature().inputs();
        this.outputs = model.signature().outputs();
        this.views = new @Nullable Views[maxBatch + 1];
        this.given = allocate(inputs);
        this.results = allocate(outputs);
        bufferBytes = bytes(given) + bytes(results);
        shared.leases.increment();
        shared.bufferBytes.add(bufferBytes);
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
        replace(inputs, given, name, accepted);
        replace(outputs, results, name, accepted);
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
            requireFinite("input", inputs, given, batch);
            Views at = views(batch);
            shared.session().run(at.inputs, Set.of(), at.outputs).close();
            requireFinite("output", outputs, results, batch);
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

    /**
     * A layer may hide a NaN that went in (a maximum, a comparison), so both ends are looked at.
     */
    private void requireFinite(
            String kind, List<TensorSpec> specs, FloatBuffer[] values, int batch) {
        for (int i = 0; i < values.length; i++) {
            TensorSpec spec = specs.get(i);
            int bad = finite.firstBad(values[i], batch * spec.rowElements());
            if (bad >= 0) {
                throw new InferenceFailed(
                        "network %s: %s '%s' holds %s at element %d, accepted are finite numbers"
                                .formatted(
                                        model.sha256(),
                                        kind,
                                        spec.name(),
                                        values[i].get(bad),
                                        bad));
            }
        }
    }

    private FloatBuffer[] allocate(List<TensorSpec> specs) {
        FloatBuffer[] out = new FloatBuffer[specs.size()];
        for (int i = 0; i < out.length; i++) {
            TensorSpec spec = specs.get(i);
            FloatBuffer shown =
                    DirectBuffers.allocate(Math.multiplyExact(maxBatch, spec.rowElements()));
            buffers.put(spec.name(), shown);
            out[i] = shown.duplicate(); // limits that the caller sets do not reach it
        }
        return out;
    }

    private static long bytes(FloatBuffer[] buffers) {
        long bytes = 0;
        for (FloatBuffer buffer : buffers) {
            bytes += (long) buffer.capacity() * Float.BYTES;
        }
        return bytes;
    }

    private static void replace(
            List<TensorSpec> specs, FloatBuffer[] in, String name, FloatBuffer by) {
        for (int i = 0; i < in.length; i++) {
            if (specs.get(i).name().equals(name)) {
                in[i] = by.duplicate();
            }
        }
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
