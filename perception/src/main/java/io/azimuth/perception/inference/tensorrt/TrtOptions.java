package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.bundle.Precision;

/**
 * How networks run on a device.
 *
 * @param device index of the GPU, from 0
 * @param contexts that may run at once, for each size of batch
 * @param deadlineMillis a run should take at most, waiting for a context included; one that takes
 *     longer is counted, one that takes three times as long means that the device hangs
 * @param workspaceBytes a layer may use
 * @param optimizationLevel of builds, 0 (fast to build) to 5 (fast to run)
 * @param tf32 whether float32 layers may round their factors to 10 bits
 * @param graphs whether runs are recorded as CUDA graphs
 * @param oneShape whether all runs are padded to the lease's largest batch, so that a row's result
 *     cannot depend on how many travel with it; costs time
 * @param storeBytes of all plans on disk
 * @param precision of networks; a bundle without it is refused
 */
public record TrtOptions(
        int device,
        int contexts,
        long deadlineMillis,
        long workspaceBytes,
        int optimizationLevel,
        boolean tf32,
        boolean graphs,
        boolean oneShape,
        long storeBytes,
        Precision precision) {
    private static final int MAX_LEVEL = 5;

    public TrtOptions {
        require("device", device, 0, 1023);
        require("contexts", contexts, 1, 64);
        require("deadlineMillis", deadlineMillis, 1, 600_000);
        require("workspaceBytes", workspaceBytes, 1 << 20, 1L << 40);
        require("optimizationLevel", optimizationLevel, 0, MAX_LEVEL);
        require("storeBytes", storeBytes, 1 << 20, 1L << 44);
    }

    /** GPU 0, two contexts, one second, 1 GiB of workspace, float32 as it is, 4 GiB of plans. */
    public static TrtOptions defaults() {
        return new TrtOptions(
                0, 2, 1000, 1L << 30, 3, false, true, false, 4L << 30, Precision.FLOAT32);
    }

    public TrtOptions withDevice(int index) {
        return new TrtOptions(
                index,
                contexts,
                deadlineMillis,
                workspaceBytes,
                optimizationLevel,
                tf32,
                graphs,
                oneShape,
                storeBytes,
                precision);
    }

    public TrtOptions withContexts(int number) {
        return new TrtOptions(
                device,
                number,
                deadlineMillis,
                workspaceBytes,
                optimizationLevel,
                tf32,
                graphs,
                oneShape,
                storeBytes,
                precision);
    }

    public TrtOptions withGraphs(boolean on) {
        return new TrtOptions(
                device,
                contexts,
                deadlineMillis,
                workspaceBytes,
                optimizationLevel,
                tf32,
                on,
                oneShape,
                storeBytes,
                precision);
    }

    public TrtOptions withOneShape(boolean on) {
        return new TrtOptions(
                device,
                contexts,
                deadlineMillis,
                workspaceBytes,
                optimizationLevel,
                tf32,
                graphs,
                on,
                storeBytes,
                precision);
    }

    public TrtOptions withPrecision(Precision of) {
        return new TrtOptions(
                device,
                contexts,
                deadlineMillis,
                workspaceBytes,
                optimizationLevel,
                tf32,
                graphs,
                oneShape,
                storeBytes,
                of);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s is %d, accepted %d to %d".formatted(name, value, min, max));
        }
    }
}
