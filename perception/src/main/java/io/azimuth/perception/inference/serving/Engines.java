package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.Capability;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.checks.Ticker;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The engines by choice; one of each a JVM, device and way of batching, so that the rows of all
 * tasks meet. Thread-safe.
 */
public final class Engines {
    private static final System.Logger LOG = System.getLogger(Engines.class.getName());

    private static final Map<EngineOptions, InferenceBackend> OPENED = new ConcurrentHashMap<>();
    private static final Map<EngineOptions, InferenceBackend> ALONE = new ConcurrentHashMap<>();
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Engines() {}

    private static final class Holder {
        static final InferenceBackend CPU = new OrtBackend();
    }

    /** As {@link #open(EngineOptions)}, with batches as suit the engine. */
    public static InferenceBackend open(EngineChoice choice) {
        return open(EngineOptions.of(choice));
    }

    /**
     * The backend of a choice.
     *
     * @throws BackendUnavailable if TensorRT is asked for and cannot run here, with what is missing
     */
    public static InferenceBackend open(EngineOptions options) {
        InferenceBackend gpu = gpu(options);
        Batching batching = options.batching().withCap(cap(options, gpu != null));
        if (gpu == null && batching.cap() == 1) {
            return Holder.CPU;
        }
        // by what matters here: the ring belongs to the tasks
        EngineOptions key =
                new EngineOptions(
                        options.choice(), options.gpu(), batching.withRing(0), options.precision());
        return OPENED.computeIfAbsent(key, o -> gpu == null ? onCpu(o.batching()) : onGpu(o, gpu));
    }

    /**
     * The backend of a choice for callers who bring many rows at once: nobody else's travel with
     * them.
     *
     * @throws BackendUnavailable as {@link #open(EngineOptions)}
     */
    public static InferenceBackend openAlone(EngineOptions options) {
        InferenceBackend gpu = gpu(options);
        return gpu == null ? Holder.CPU : alone(options, gpu);
    }

    /** Whether runs go to the CPU and nowhere else. */
    public static boolean isCpu(InferenceBackend engine) {
        return engine.name().equals(Holder.CPU.name());
    }

    /** One of each a device: its breaker is everybody's. */
    private static InferenceBackend alone(EngineOptions options, InferenceBackend gpu) {
        EngineOptions key =
                new EngineOptions(
                        options.choice(), options.gpu(), Batching.none(), options.precision());
        return ALONE.computeIfAbsent(
                key,
                o ->
                        o.choice() == EngineChoice.AUTO
                                ? new FallbackBackend(gpu, Holder.CPU, Ticker.SYSTEM)
                                : gpu);
    }

    /**
     * The batching of these options with its cap settled for the engine that runs here.
     *
     * @throws BackendUnavailable as {@link #open(EngineOptions)}
     */
    public static Batching settled(EngineOptions options) {
        return options.batching().withCap(cap(options, gpu(options) != null));
    }

    private static int cap(EngineOptions options, boolean onGpu) {
        int asked = options.batching().cap();
        return asked > 0 ? asked : onGpu ? Batching.GPU_CAP : 1;
    }

    private static InferenceBackend onCpu(Batching batching) {
        return new BatchingBackend(Holder.CPU, batching.cap(), batching.deadlineNanos());
    }

    /**
     * A GPU's kernels may differ with the shape, so it always runs the same one: what a row gives
     * must not depend on who travels with it. The CPU stands behind whole batches: one that fails
     * is one failure of the engine, not one for each of its rows.
     */
    private static InferenceBackend onGpu(EngineOptions options, InferenceBackend gpu) {
        int cap = options.batching().cap();
        return new BatchingBackend(
                alone(options, gpu),
                cap,
                options.batching().deadlineNanos(),
                Math.max(cap, Batching.GPU_CAP));
    }

    /** The GPU's engine, or null if the choice is the CPU or comes down to it. */
    private static @Nullable InferenceBackend gpu(EngineOptions options) {
        if (options.choice() == EngineChoice.CPU) {
            return null;
        }
        InferenceBackend gpu =
                new TrtBackend(
                        TrtOptions.defaults()
                                .withDevice(options.gpu())
                                .withOneShape(true)
                                .withPrecision(options.precision()));
        Capability capability = gpu.probe();
        if (capability.available()) {
            return gpu;
        }
        if (options.choice() == EngineChoice.TENSORRT) {
            throw new BackendUnavailable("engine=tensorrt: " + capability.reason());
        }
        if (SAID.add(capability.reason())) { // once, not for each detector
            LOG.log(
                    System.Logger.Level.WARNING,
                    "engine=auto runs on the CPU: {0}",
                    capability.reason());
        }
        return null;
    }
}
