package io.azimuth.connectors.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * @param thinning what is left out of every frame
 * @param decoys upright things as large as people beside the streets: twice this density at most in
 *     each town, 0 (none) .. 1.5; family A only
 * @param candidates of which polar network to write beside the points: a name or folder as {@code
 *     PolarModels} reads it, or {@link #NO_CANDIDATES}
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
        CanvasChoice canvas,
        Thinning thinning,
        double decoys,
        String candidates) {
    /** No candidates beside the points. */
    public static final String NO_CANDIDATES = "none";

    private static final double MOST_DECOYS = 1.5;

    public FrameSetOptions {
        require("count", count, 1, 10_000_000);
        require("shardSize", shardSize, 1, 4096);
        require("stride", stride, 1, 1000);
        require("townFrames", townFrames, 1, 8);
        require("workers", workers, 1, 64);
        if (!(decoys >= 0 && decoys <= MOST_DECOYS)) {
            throw new IllegalArgumentException(
                    "decoys is %s, expected 0 .. %s".formatted(decoys, MOST_DECOYS));
        }
        if (!candidates.equals(NO_CANDIDATES) && canvas == CanvasChoice.NONE) {
            throw new IllegalArgumentException(
                    "candidates of %s without a canvas: it says how high boxes stand over the ground"
                            .formatted(candidates));
        }
        if (decoys > 0 && family != TownFamily.A) {
            throw new IllegalArgumentException(
                    "decoys is %s, expected 0 in family %s".formatted(decoys, family));
        }
    }

    /** Without canvases, nothing left out. */
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
                CanvasChoice.NONE,
                Thinning.NONE,
                0,
                NO_CANDIDATES);
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
                canvas,
                thinning,
                decoys,
                candidates);
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
                canvas,
                thinning,
                decoys,
                candidates);
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
                newCanvas,
                thinning,
                decoys,
                candidates);
    }

    public FrameSetOptions withThinning(Thinning newThinning) {
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
                canvas,
                newThinning,
                decoys,
                candidates);
    }

    public FrameSetOptions withDecoys(double newDecoys) {
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
                canvas,
                thinning,
                newDecoys,
                candidates);
    }

    public FrameSetOptions withCandidates(String newCandidates) {
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
                canvas,
                thinning,
                decoys,
                newCandidates);
    }

    /**
     * What a set of frames leaves out of the sweeps: a poorer sensor of the same place. Boxes count
     * the points that are left.
     *
     * @param chance whether every frame loses something of its own: half of the frames stay whole,
     *     the others lose beams (of those with 32 or more, every second, or three of four), and up
     *     to 30 % of their points
     * @param ringStep every how manyth beam is kept of all frames, 1 .. 8
     * @param columnStep every how manyth column is kept of all frames, 1 .. 8
     */
    public record Thinning(boolean chance, int ringStep, int columnStep) {
        /** Nothing is left out. */
        public static final Thinning NONE = new Thinning(false, 1, 1);

        static final long PURPOSE = 0x7468696eL;

        private static final int FEWEST_RINGS = 16;
        private static final double MOST_DROPPED = 0.3;

        public Thinning {
            require("ringStep", ringStep, 1, 8);
            require("columnStep", columnStep, 1, 8);
        }

        void describe(ObjectNode options) {
            options.putObject("thinning")
                    .put("chance", chance)
                    .put("ringStep", ringStep)
                    .put("columnStep", columnStep);
        }

        /**
         * What a frame loses.
         *
         * @param rings of its sensor
         */
        Treatment drawn(int rings, Draws draws) {
            if (!chance || draws.chance(0.5)) {
                return Treatment.thinned(ringStep, columnStep, 0, 1);
            }
            int least = ringStep;
            int steps = 1;
            while (rings / (least * 2 * steps) >= FEWEST_RINGS && steps < 4) {
                steps *= 2;
            }
            int factor = 1 << draws.below(Integer.numberOfTrailingZeros(steps) + 1);
            int step = least * factor;
            double kept = 1 - draws.between(0, MOST_DROPPED);
            return Treatment.thinned(step, columnStep, draws.below(step), kept);
        }
    }

    static void require(String name, int found, int least, int most) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(
                    "%s is %d, expected %d .. %d".formatted(name, found, least, most));
        }
    }
}
