package io.azimuth.perception.inference.tensorrt.seam;

import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.onnxruntime.BareRuns;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Computes what the network says, by ONNX Runtime on the CPU, so that golden tensors flow through
 * the engine's contexts, graphs and batches.
 */
public class OrtBackedTrtNative extends ScriptedTrtNative implements AutoCloseable {
    private final Map<String, BareRuns> runs = new ConcurrentHashMap<>();

    public OrtBackedTrtNative(ModelBundle... known) {
        super(known);
    }

    @Override
    protected synchronized void compute(
            ModelBundle bundle,
            int rows,
            Map<String, FloatBuffer> in,
            Map<String, FloatBuffer> out) {
        BareRuns run =
                runs.computeIfAbsent(bundle.sha256() + rows, key -> BareRuns.open(bundle, rows));
        in.forEach((name, values) -> run.buffer(name).put(0, values, 0, values.capacity()));
        run.run();
        out.forEach((name, values) -> values.put(0, run.buffer(name), 0, values.capacity()));
    }

    @Override
    public void close() {
        runs.values().forEach(BareRuns::close);
        runs.clear();
    }
}
