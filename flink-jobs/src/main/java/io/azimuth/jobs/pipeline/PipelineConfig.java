package io.azimuth.jobs.pipeline;

import io.azimuth.perception.inference.serving.Batching;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the job runs; nothing here changes the bytes of a result.
 *
 * @param parallelism of every station, 1 .. {@link #MAX_PARALLELISM}
 * @param checkpointInterval time between checkpoints
 * @param checkpointDir URI of the folder for checkpoints; null for one that goes with the run
 * @param watermarkBoundMillis how far a sweep may end before the latest one of its partition; 0 if
 *     each partition carries one sensor, which tracks with the least delay
 * @param shedding null to keep every sweep, as replays must
 * @param batching how many sweeps a task has under way; its cap, if open, counts as 1
 */
public record PipelineConfig(
        int parallelism,
        Delivery delivery,
        Duration checkpointInterval,
        @Nullable String checkpointDir,
        long watermarkBoundMillis,
        @Nullable Shedding shedding,
        Batching batching) {
    /** Number of key groups; fixed for ever, or state cannot be restored. */
    public static final int MAX_PARALLELISM = 128;

    /** What a consumer of the results sees after a failure. */
    public enum Delivery {
        /** Results at once; after a failure some come twice, equal in every byte. */
        AT_LEAST_ONCE,
        /** Results in transactions, visible once the checkpoint is complete. */
        EXACTLY_ONCE
    }

    /**
     * When a live job drops sweeps.
     *
     * @param hiMillis age of a sweep at which dropping starts
     * @param loMillis age below which it ends
     */
    public record Shedding(long hiMillis, long loMillis) {
        public static final Shedding DEFAULT = new Shedding(300, 150);

        public Shedding {
            if (!(loMillis > 0 && loMillis < hiMillis)) {
                throw new IllegalArgumentException(
                        "shedding between %d and %d ms: expected 0 < lo < hi"
                                .formatted(loMillis, hiMillis));
            }
        }
    }

    public PipelineConfig {
        if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
            throw new IllegalArgumentException(
                    "parallelism is " + parallelism + ", expected 1 .. " + MAX_PARALLELISM);
        }
        if (checkpointInterval.toMillis() < 10) {
            throw new IllegalArgumentException(
                    "checkpoint interval is " + checkpointInterval + ", expected 10 ms or more");
        }
        if (watermarkBoundMillis < 0) {
            throw new IllegalArgumentException(
                    "watermark bound is " + watermarkBoundMillis + " ms, expected 0 or more");
        }
    }

    /** One thread a station, at-least-once, checkpoints every 10 s, 50 ms of disorder, no shed. */
    public static PipelineConfig defaults() {
        return new PipelineConfig(
                1, Delivery.AT_LEAST_ONCE, Duration.ofSeconds(10), null, 50, null, Batching.none());
    }

    public PipelineConfig withParallelism(int p) {
        return new PipelineConfig(
                p,
                delivery,
                checkpointInterval,
                checkpointDir,
                watermarkBoundMillis,
                shedding,
                batching);
    }

    public PipelineConfig withDelivery(Delivery d) {
        return new PipelineConfig(
                parallelism,
                d,
                checkpointInterval,
                checkpointDir,
                watermarkBoundMillis,
                shedding,
                batching);
    }

    public PipelineConfig withCheckpoints(Duration interval, @Nullable String dir) {
        return new PipelineConfig(
                parallelism, delivery, interval, dir, watermarkBoundMillis, shedding, batching);
    }

    public PipelineConfig withWatermarkBoundMillis(long bound) {
        return new PipelineConfig(
                parallelism,
                delivery,
                checkpointInterval,
                checkpointDir,
                bound,
                shedding,
                batching);
    }

    public PipelineConfig withShedding(@Nullable Shedding s) {
        return new PipelineConfig(
                parallelism,
                delivery,
                checkpointInterval,
                checkpointDir,
                watermarkBoundMillis,
                s,
                batching);
    }

    public PipelineConfig withBatching(Batching b) {
        return new PipelineConfig(
                parallelism,
                delivery,
                checkpointInterval,
                checkpointDir,
                watermarkBoundMillis,
                shedding,
                b);
    }
}
