package io.azimuth.perception.inference.checks;

import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.ModelSignature;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The buffers of one lease, as every engine has them: found by name, replaced by the caller's,
 * looked through for values that are no numbers. For one thread at a time.
 */
public final class LeaseBuffers {
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final int maxBatch;
    private final String sha256;
    private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
    private final FloatBuffer[] given;
    private final FloatBuffer[] results;
    private final long bytes;
    private final FiniteFloats finite = new FiniteFloats();
    private boolean closed;

    /**
     * @param sha256 of the network, for messages
     */
    public LeaseBuffers(ModelSignature signature, String sha256) {
        this.inputs = signature.inputs();
        this.outputs = signature.outputs();
        this.maxBatch = signature.maxBatch();
        this.sha256 = sha256;
        this.given = allocate(inputs);
        this.results = allocate(outputs);
        this.bytes = Float.BYTES * buffers.values().stream().mapToLong(FloatBuffer::capacity).sum();
    }

    /** As {@link io.azimuth.perception.inference.Lease#input}. */
    public FloatBuffer input(String name) {
        return buffer(inputs, name, "input");
    }

    /** As {@link io.azimuth.perception.inference.Lease#output}. */
    public FloatBuffer output(String name) {
        return buffer(outputs, name, "output");
    }

    /** As {@link io.azimuth.perception.inference.Lease#bind}. */
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

    /** The inputs in the signature's order; limits that a caller sets do not reach them. */
    public FloatBuffer[] inputs() {
        return given;
    }

    /** The outputs in the signature's order; limits that a caller sets do not reach them. */
    public FloatBuffer[] outputs() {
        return results;
    }

    /** Of all buffers that this made. */
    public long bytes() {
        return bytes;
    }

    /**
     * @throws IllegalArgumentException if a run cannot have so many rows
     * @throws IllegalStateException if the lease is closed
     */
    public void requireRows(int batch) {
        requireOpen();
        if (batch < 1 || batch > maxBatch) {
            throw new IllegalArgumentException(
                    "batch is %d, accepted 1 to %d".formatted(batch, maxBatch));
        }
    }

    /**
     * @throws InferenceFailed naming the input and the first value that is NaN or infinite
     */
    public void requireFiniteInputs(int batch) {
        requireFinite("input", inputs, given, batch);
    }

    /**
     * A layer may hide a NaN that went in (a maximum, a comparison), so both ends are looked at.
     *
     * @throws InferenceFailed naming the output and the first value that is NaN or infinite
     */
    public void requireFiniteOutputs(int batch) {
        requireFinite("output", outputs, results, batch);
    }

    /**
     * @return whether this was the first time
     */
    public boolean close() {
        boolean first = !closed;
        closed = true;
        buffers.clear();
        return first;
    }

    private void requireFinite(
            String kind, List<TensorSpec> specs, FloatBuffer[] values, int batch) {
        for (int i = 0; i < values.length; i++) {
            TensorSpec spec = specs.get(i);
            int bad = finite.firstBad(values[i], batch * spec.rowElements());
            if (bad >= 0) {
                throw new InferenceFailed(
                        "network %s: %s '%s' holds %s at element %d, accepted are finite numbers"
                                .formatted(sha256, kind, spec.name(), values[i].get(bad), bad));
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
            out[i] = shown.duplicate();
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

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the lease is closed");
        }
    }
}
