package io.azimuth.perception.inference.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ONNX Runtime by itself: a session of its own, pinned tensors, no checks and no counters. What a
 * lease costs on top is measured against it; nothing else should use it. Not thread-safe.
 */
public final class BareRuns implements AutoCloseable {
    private final OrtSession session;
    private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

    private BareRuns(OrtSession session) {
        this.session = session;
    }

    /** Opens the bundle's network with buffers for {@code batch} rows. */
    public static BareRuns open(ModelBundle bundle, int batch) {
        BareRuns out = new BareRuns(SessionStart.open(bundle));
        try {
            out.pin(bundle.manifest().inputs(), out.inputs, batch);
            out.pin(bundle.manifest().outputs(), out.outputs, batch);
            return out;
        } catch (OrtException e) {
            out.close();
            throw new InferenceFailed("tensors of " + batch + " rows: " + e.getMessage(), e);
        }
    }

    /**
     * The buffer of an input or output.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public FloatBuffer buffer(String name) {
        FloatBuffer buffer = buffers.get(name);
        if (buffer == null) {
            throw new IllegalArgumentException(
                    "no tensor '%s', accepted %s".formatted(name, buffers.keySet()));
        }
        return buffer;
    }

    /** Runs all rows on the calling thread. */
    public void run() {
        try {
            session.run(inputs, Set.of(), outputs).close();
        } catch (OrtException e) {
            throw new InferenceFailed(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session of bare runs", e);
        }
    }

    private void pin(List<TensorSpec> specs, Map<String, OnnxTensor> to, int batch)
            throws OrtException {
        for (TensorSpec spec : specs) {
            FloatBuffer buffer =
                    DirectBuffers.allocate(Math.multiplyExact(batch, spec.rowElements()));
            buffers.put(spec.name(), buffer);
            to.put(
                    spec.name(),
                    OnnxTensor.createTensor(
                            OrtRuntime.environment(), buffer.duplicate(), spec.shapeFor(batch)));
        }
    }
}
