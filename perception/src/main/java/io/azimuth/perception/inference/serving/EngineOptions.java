package io.azimuth.perception.inference.serving;

/**
 * What runs networks, and how runs are shared.
 *
 * @param gpu index of the device, from 0; without meaning on the CPU
 */
public record EngineOptions(EngineChoice choice, int gpu, Batching batching) {
    public EngineOptions {
        if (gpu < 0) {
            throw new IllegalArgumentException("gpu is " + gpu + ", accepted from 0");
        }
    }

    /** This engine, GPU 0 if it needs one, batches as suit it. */
    public static EngineOptions of(EngineChoice choice) {
        return new EngineOptions(choice, 0, Batching.defaults());
    }

    public EngineOptions withGpu(int index) {
        return new EngineOptions(choice, index, batching);
    }
}
