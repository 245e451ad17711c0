package io.azimuth.perception.inference.tensorrt.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import io.azimuth.perception.inference.InferenceBackend;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The engine as DJL sees it: models from bundles, on GPUs only, no arithmetic of arrays. */
final class TrtEngine extends Engine {
    private final IntFunction<InferenceBackend> backends;
    private final String version;

    /**
     * @param backends by the index of the GPU
     */
    TrtEngine(IntFunction<InferenceBackend> backends, String version) {
        this.backends = backends;
        this.version = version;
    }

    @Override
    public @Nullable Engine getAlternativeEngine() {
        return null;
    }

    @Override
    public String getEngineName() {
        return TrtEngineProvider.NAME;
    }

    @Override
    public int getRank() {
        return TrtEngineProvider.RANK;
    }

    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public boolean hasCapability(String capability) {
        return StandardCapabilities.CUDA.equals(capability);
    }

    @Override
    public Device defaultDevice() {
        return Device.gpu();
    }

    @Override
    public Model newModel(String name, @Nullable Device device) {
        Device on = onGpu(device);
        return new TrtModel(name, newBaseManager(on), backends.apply(on.getDeviceId()));
    }

    @Override
    public NDManager newBaseManager() {
        return newBaseManager(Device.gpu());
    }

    @Override
    public NDManager newBaseManager(@Nullable Device device) {
        return new TrtNDManager.Root(this, onGpu(device)).newSubManager();
    }

    private static Device onGpu(@Nullable Device device) {
        if (device == null) {
            return Device.gpu();
        }
        if (!device.isGpu()) {
            throw new IllegalArgumentException(
                    "device is %s, accepted gpu(0), gpu(1), ...: TensorRT runs on GPUs only"
                            .formatted(device));
        }
        return device;
    }
}
