package io.azimuth.connectors.dataset;

import io.azimuth.perception.simulation.TownFamily;

/**
 * What training frames to write. Frame {@code i} depends on everything but {@code count} and {@code
 * workers}, so a data set can be continued with a larger count.
 *
 * @param count of frames, 1 .. 10 million
 * @param seed of the data set; the towns' seeds are drawn from it
 * @param family of the towns; B is held out
 * @param sizes of the road users
 * @param sensor of the frames
 * @param shardSize frames a shard, 1 .. 4096
 * @param stride sweeps between two frames of one town, 1 .. 1000
 * @param townFrames frames taken in one town, 1 .. 8
 * @param workers shards made at once, 1 .. 64
 * @param canvas drawn of every frame beside its points
 */
public record FrameSetOptions(
        int count,
        long seed,
        TownFamily family,
        SizeChoice sizes,
        SensorChoice sensor,
        int shardSize,
        int stride,
        int townFrames,
        int workers,
        CanvasChoice canvas) {
    public FrameSetOptions {
        require("count", count, 1, 10_000_000);
        require("shardSize", shardSize, 1, 4096);
        require("stride", stride, 1, 1000);
        require("townFrames", townFrames, 1, 8);
        require("workers", workers, 1, 64);
    }

    /** Without canvases. */
    public FrameSetOptions(
            int count,
            long seed,
            TownFamily family,
            SizeChoice sizes,
            SensorChoice sensor,
            int shardSize,
            int stride,
            int townFrames,
            int workers) {
        this(
                count,
                seed,
                family,
                sizes,
                sensor,
                shardSize,
                stride,
                townFrames,
                workers,
                CanvasChoice.NONE);
    }

    /** Family A, everything mixed, 64 frames a shard, 8 frames a town, 1.5 s apart. */
    public static FrameSetOptions of(int count, long seed) {
        return new FrameSetOptions(
                count, seed, TownFamily.A, SizeChoice.MIXED, SensorChoice.MIXED, 64, 15, 8, 1);
    }

    public FrameSetOptions withCount(int newCount) {
        return new FrameSetOptions(
                newCount,
                seed,
                family,
                sizes,
                sensor,
                shardSize,
                stride,
                townFrames,
                workers,
                canvas);
    }

    public FrameSetOptions withWorkers(int newWorkers) {
        return new FrameSetOptions(
                count,
                seed,
                family,
                sizes,
                sensor,
                shardSize,
                stride,
                townFrames,
                newWorkers,
                canvas);
    }

    public FrameSetOptions withCanvas(CanvasChoice newCanvas) {
        return new FrameSetOptions(
                count,
                seed,
                family,
                sizes,
                sensor,
                shardSize,
                stride,
                townFrames,
                workers,
                newCanvas);
    }

    static void require(String name, int found, int least, int most) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(
                    "%s is %d, expected %d .. %d".formatted(name, found, least, most));
        }
    }
}
