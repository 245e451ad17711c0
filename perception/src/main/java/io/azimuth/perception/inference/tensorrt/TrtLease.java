package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.checks.FiniteFloats;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Buffers of one thread. They are Java's own and no native handle: a buffer kept after the lease
 * was closed harms nobody. A run copies them into the memory that the device reaches.
 */
final class TrtLease implements Lease {
    private final TrtLoadedModel model;
    private final SharedPlan shared;
    private final int maxBatch;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
    private final FloatBuffer[] given;
    private final FloatBuffer[] results;
    private final long bufferBytes;
    private final FiniteFloats finite = new FiniteFloats();
    private boolean closed;

    TrtLease(TrtLoadedModel model, SharedPlan shared) {
        this.model = model;
        this.shared = shared;
        this.maxBatch = model.signature().maxBatch();
        this.inputs = model.signature().inputs();
        this.outputs = model.signature().outputs();
        this.given = allocate(inputs);
        this.results = allocate(outputs);
        long floats = 0;
        for (FloatBuffer buffer : buffers.values()) {
            floats += buffer.capacity();
        }
        bufferBytes = floats * Float.BYTES;
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
    }

    @Override
    public void run(int batch) {
        requireOpen();
        if (batch < 1 || batch > maxBatch) {
            throw new IllegalArgumentException(
                    "batch is %d, accepted 1 to %d".formatted(batch, maxBatch));
        }
        long begun = shared.host().ticker().nanos();
        shared.runs.increment();
        boolean done = false;
        try {
            requireFinite("input", inputs, given, batch);
            shared.run(given, results, batch, maxBatch);
            requireFinite("output", outputs, results, batch);
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
        if (closed) {
            return;
        }
        closed = true;
        buffers.clear();
        shared.leases.decrement();
        shared.bufferBytes.add(-bufferBytes);
        shared.host().release(shared);
    }

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
        for (TensorSpec spec : specs) {
            FloatBuffer buffer = buffers.get(name);
            if (spec.name().equals(name) && buffer != null) {
                return buffer;
            }
        }
        throw new IllegalArgumentException(
                "no %s '%s', accepted %s"
                        .formatted(kind, name, specs.stream().map(TensorSpec::name).toList()));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the lease is closed");
        }
    }
}
