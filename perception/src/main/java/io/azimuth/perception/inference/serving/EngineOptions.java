package io.azimuth.perception.inference.serving;

import io.azimuth.perception.inference.bundle.Precision;

/**
 * What runs networks, and how runs are shared.
 *
 * @param gpu index of the device, from 0; without meaning on the CPU
 * @param precision that a GPU computes in; the CPU, and where it stands in, float32
 */
public record EngineOptions(EngineChoice choice, int gpu, Batching batching, Precision precision) {
    public EngineOptions {
        if (choice == EngineChoice.CPU && precision != Precision.FLOAT32) {
            throw new IllegalArgumentException(
                    "precision is %s with engine=cpu, which computes in float32: choose engine=tensorrt or auto"
                            .formatted(precision.label()));
        }
        if (gpu < 0) {
            throw new IllegalArgumentException("gpu is " + gpu + ", accepted from 0");
        }
    }

    /** In float32. */
    public EngineOptions(EngineChoice choice, int gpu, Batching batching) {
        this(choice, gpu, batching, Precision.FLOAT32);
    }

    /** This engine, GPU 0 if it needs one, batches as suit it. */
    public static EngineOptions of(EngineChoice choice) {
        return new EngineOptions(choice, 0, Batching.defaults());
    }

    public EngineOptions withGpu(int index) {
        return new EngineOptions(choice, index, batching, precision);
    }

    public EngineOptions withPrecision(Precision of) {
        return new EngineOptions(choice, gpu, batching, of);
    }
}
