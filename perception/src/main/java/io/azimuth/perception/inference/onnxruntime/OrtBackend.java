package io.azimuth.perception.inference.onnxruntime;

import io.azimuth.perception.inference.Capability;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.ModelSignature;
import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.checks.GoldenCheck;

/**
 * ONNX Runtime on the calling thread. All instances of a JVM share their sessions: loading the same
 * network again costs its golden runs only. Thread-safe, without state.
 */
public final class OrtBackend implements InferenceBackend {
    @Override
    public String name() {
        return "onnxruntime-cpu";
    }

    @Override
    public Capability probe() {
        return OrtRuntime.capability();
    }

    @Override
    public LoadedModel load(ModelBundle bundle, LoadOptions options) {
        Manifest manifest = bundle.manifest();
        if (options.maxBatch() > manifest.limits().maxBatch()) {
            throw new IllegalArgumentException(
                    "maxBatch is %d, the bundle '%s' accepts 1 to %d"
                            .formatted(
                                    options.maxBatch(),
                                    manifest.name(),
                                    manifest.limits().maxBatch()));
        }
        SharedSession shared = SharedSession.share(bundle);
        OrtModel model = model(bundle, shared, options.maxBatch());
        try {
            checkGolden(bundle, shared);
            return model;
        } catch (RuntimeException | OutOfMemoryError e) {
            model.close();
            throw e;
        }
    }

    /** Golden runs may have more rows than the loader asks for. */
    private static void checkGolden(ModelBundle bundle, SharedSession shared) {
        for (ModelBundle.GoldenRun golden : bundle.goldenRuns()) {
            shared.retain();
            try (OrtModel model = model(bundle, shared, golden.batch())) {
                GoldenCheck.run(model, golden);
            }
        }
    }

    private static OrtModel model(ModelBundle bundle, SharedSession shared, int maxBatch) {
        Manifest manifest = bundle.manifest();
        return new OrtModel(
                shared,
                new ModelSignature(manifest.inputs(), manifest.outputs(), maxBatch),
                bundle.sha256());
    }
}
