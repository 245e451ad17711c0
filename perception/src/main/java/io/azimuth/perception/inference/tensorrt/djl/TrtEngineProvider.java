package io.azimuth.perception.inference.tensorrt.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.EngineProvider;
import io.azimuth.perception.inference.Capability;
import io.azimuth.perception.inference.tensorrt.TrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtOptions;

/** Tells DJL of the engine; a scan for engines makes this and nothing else. Thread-safe. */
public final class TrtEngineProvider implements EngineProvider {
    static final String NAME = "TensorRT";

    /** The lowest number is DJL's default: ONNX Runtime has 10. */
    static final int RANK = 20;

    @Override
    public String getEngineName() {
        return NAME;
    }

    @Override
    public int getEngineRank() {
        return RANK;
    }

    /**
     * The engine.
     *
     * @throws EngineException if TensorRT cannot be used here, with what is missing
     */
    @Override
    public Engine getEngine() {
        Capability capability = new TrtBackend(TrtOptions.defaults()).probe();
        if (!capability.available()) {
            throw new EngineException("TensorRT cannot be used here: " + capability.reason());
        }
        return Holder.ENGINE;
    }

    private static final class Holder {
        static final Engine ENGINE =
                new TrtEngine(
                        device -> new TrtBackend(TrtOptions.defaults().withDevice(device)),
                        new TrtBackend(TrtOptions.defaults()).probe().version());
    }
}
