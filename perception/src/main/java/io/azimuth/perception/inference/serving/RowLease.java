package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.ModelSignature;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.checks.FiniteFloats;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Buffers of one row. */
final class RowLease implements Lease {
    private final BatchingModel model;
    private final RowGathering gathering;
    private final Map<String, FloatBuffer> inputs = new LinkedHashMap<>();
    private final Map<String, FloatBuffer> outputs = new LinkedHashMap<>();
    private final FiniteFloats finite = new FiniteFloats();
    private boolean closed;

    RowLease(BatchingModel model, ModelSignature signature, RowGathering gathering) {
        this.model = model;
        this.gathering = gathering;
        allocate(signature.inputs(), inputs);
        allocate(signature.outputs(), outputs);
    }

    private static void allocate(List<TensorSpec> specs, Map<String, FloatBuffer> to) {
        specs.forEach(s -> to.put(s.name(), DirectBuffers.allocate(s.rowElements())));
    }

    @Override
    public FloatBuffer input(String name) {
        return found(inputs, "input", name);
    }

    @Override
    public FloatBuffer output(String name) {
        return found(outputs, "output", name);
    }

    @Override
    public void bind(String name, FloatBuffer buffer) {
        Map<String, FloatBuffer> of = inputs.containsKey(name) ? inputs : outputs;
        FloatBuffer old = found(of, "tensor", name);
        of.put(name, DirectBuffers.accept(name, buffer, old.capacity()));
    }

    @Override
    public void run(int batch) {
        if (closed) {
            throw new IllegalStateException("the lease is closed");
        }
        if (batch != 1) {
            throw new IllegalArgumentException("batch is " + batch + ", accepted 1 to 1");
        }
        requireFinite();
        gathering.run(this);
    }

    /** A bad row must not fail the rows of others in its batch. */
    private void requireFinite() {
        inputs.forEach(
                (name, buffer) -> {
                    int bad = finite.firstBad(buffer.duplicate().clear(), buffer.capacity());
                    if (bad >= 0) {
                        throw new InferenceFailed(
                                "input '%s' holds %s at element %d, accepted are finite numbers"
                                        .formatted(name, buffer.get(bad), bad));
                    }
                });
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            model.returned();
        }
    }

    private FloatBuffer found(Map<String, FloatBuffer> in, String kind, String name) {
        if (closed) {
            throw new IllegalStateException("the lease is closed");
        }
        FloatBuffer buffer = in.get(name);
        if (buffer == null) {
            throw new IllegalArgumentException(
                    "no %s '%s', accepted %s".formatted(kind, name, in.keySet()));
        }
        return buffer;
    }
}
