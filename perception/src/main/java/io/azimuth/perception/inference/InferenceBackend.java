package io.azimuth.perception.inference;

import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;

/** An engine that runs networks. Thread-safe. */
public interface InferenceBackend {
    /** The engine's name as results carry it, e.g. {@code onnxruntime-cpu}. */
    String name();

    /** Whether the engine can run here; never throws. */
    Capability probe();

    /**
     * Loads a bundle, or joins the load that the JVM has of the same network; checks its signature
     * and its golden runs. The caller closes the result.
     *
     * @throws ModelRejected if the engine does not accept the network, its signature or its results
     * @throws BackendUnavailable if the engine cannot run here
     */
    LoadedModel load(ModelBundle bundle, LoadOptions options);
}
