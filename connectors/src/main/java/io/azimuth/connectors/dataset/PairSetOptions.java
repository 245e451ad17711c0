package io.azimuth.connectors.dataset;

import io.azimuth.perception.simulation.TownFamily;

/**
 * What pairs of scans to write. Pair {@code i} depends on everything but {@code count} and {@code
 * workers}.
 *
 * @param count of pairs, 1 .. 1 million
 * @param seed of the data set; the towns' seeds are drawn from it, by profile
 * @param profile of the pairs
 * @param family of the towns
 * @param sensor of both scans; {@link PairProfile#SIM_CROSS} has its own
 * @param bent leave scans as a moving sensor measured them, not brought to mid-sweep
 * @param shardSize pairs a shard, 1 .. 4096
 * @param workers shards made at once, 1 .. 64
 */
public record PairSetOptions(
        int count,
        long seed,
        PairProfile profile,
        TownFamily family,
        SensorChoice sensor,
        boolean bent,
        int shardSize,
        int workers) {
    public PairSetOptions {
        FrameSetOptions.require("count", count, 1, 1_000_000);
        FrameSetOptions.require("shardSize", shardSize, 1, 4096);
        FrameSetOptions.require("workers", workers, 1, 64);
    }

    /** 64 beams, family A, brought to mid-sweep, 16 pairs a shard. */
    public static PairSetOptions of(PairProfile profile, int count, long seed) {
        return new PairSetOptions(
                count, seed, profile, TownFamily.A, SensorChoice.HDL64, false, 16, 1);
    }

    public PairSetOptions withWorkers(int newWorkers) {
        return new PairSetOptions(
                count, seed, profile, family, sensor, bent, shardSize, newWorkers);
    }

    public PairSetOptions withSensor(SensorChoice newSensor) {
        return new PairSetOptions(
                count, seed, profile, family, newSensor, bent, shardSize, workers);
    }

    public PairSetOptions withShardSize(int newSize) {
        return new PairSetOptions(count, seed, profile, family, sensor, bent, newSize, workers);
    }

    public PairSetOptions withBent(boolean newBent) {
        return new PairSetOptions(
                count, seed, profile, family, sensor, newBent, shardSize, workers);
    }
}
