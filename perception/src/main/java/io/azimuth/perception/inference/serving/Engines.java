package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.Capability;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.checks.Ticker;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtOptions;

/** The engines by choice; one of each a JVM. Stateless, thread-safe. */
public final class Engines {
    private static final System.Logger LOG = System.getLogger(Engines.class.getName());

    /** Rows that travel together: beyond, a GPU is no faster a row. */
    private static final int MAX_BATCH = 8;

    /** What a row waits for others, if there are other threads at all. */
    private static final long MAX_DELAY_NANOS = 3_000_000;

    private Engines() {}

    private static final class Holder {
        static final InferenceBackend CPU = new OrtBackend();
        static final InferenceBackend TENSORRT =
                new BatchingBackend(
                        new TrtBackend(TrtOptions.defaults()), MAX_BATCH, MAX_DELAY_NANOS);
        static final InferenceBackend AUTO = auto();
    }

    /**
     * The backend of a choice.
     *
     * @throws BackendUnavailable if TensorRT is asked for and cannot run here, with what is missing
     */
    public static InferenceBackend open(EngineChoice choice) {
        return switch (choice) {
            case CPU -> Holder.CPU;
            case TENSORRT -> required(Holder.TENSORRT);
            case AUTO -> Holder.AUTO;
        };
    }

    private static InferenceBackend required(InferenceBackend engine) {
        Capability capability = engine.probe();
        if (!capability.available()) {
            throw new BackendUnavailable("engine=tensorrt: " + capability.reason());
        }
        return engine;
    }

    private static InferenceBackend auto() {
        Capability capability = Holder.TENSORRT.probe();
        if (!capability.available()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "engine=auto runs on the CPU: {0}",
                    capability.reason());
            return Holder.CPU;
        }
        return new FallbackBackend(Holder.TENSORRT, Holder.CPU, Ticker.SYSTEM);
    }
}
