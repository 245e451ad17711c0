package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.CanvasChoice;
import io.azimuth.connectors.dataset.FrameSet;
import io.azimuth.connectors.dataset.FrameSetOptions;
import io.azimuth.connectors.dataset.SensorChoice;
import io.azimuth.connectors.dataset.SizeChoice;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Frames to train a detector with. */
@Command(
        name = "frames",
        description = {
            "Write simulated frames to train a detector with: points, labels and boxes in shards of .npy files.",
            "Same options, same bytes; a run continues one that was interrupted or had a smaller --count."
        },
        mixinStandardHelpOptions = true)
final class SimFramesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DatasetOptions set = new DatasetOptions();

    @Option(
            names = "--sizes",
            converter = SizeWords.class,
            description = "europe, united-states or mixed (default mixed).")
    private SizeChoice sizes = SizeChoice.MIXED;

    @Option(names = "--sensor", description = "${COMPLETION-CANDIDATES} (default mixed).")
    private SensorChoice sensor = SensorChoice.MIXED;

    @Option(names = "--shard-size", description = "Frames a shard (default 64).")
    private int shardSize = 64;

    @Option(names = "--stride", description = "Sweeps between frames of a town (default 15).")
    private int stride = 15;

    @Option(names = "--town-frames", description = "Frames of a town, 1 .. 8 (default 8).")
    private int townFrames = 8;

    @Option(
            names = "--canvas",
            description = "Canvas beside the points: ${COMPLETION-CANDIDATES} (default none).")
    private CanvasChoice canvas = CanvasChoice.NONE;

    @Option(
            names = "--drop",
            description =
                    "Half of the frames lose beams and up to 30 %% of their points, each its own (default no).")
    private boolean drop;

    @Option(
            names = "--ring-step",
            description = "Keep every how manyth beam of all frames, 1 .. 8 (default 1).")
    private int ringStep = 1;

    @Option(
            names = "--column-step",
            description = "Keep every how manyth column of all frames, 1 .. 8 (default 1).")
    private int columnStep = 1;

    @Option(
            names = "--decoys",
            description =
                    "Things as tall as people beside the streets: mean density, 0 .. 1.5 (default 0).")
    private double decoys;

    @Option(
            names = "--candidates",
            description =
                    "Candidates of a polar network beside the points, to train a second stage: a name or a bundle's folder (default none).")
    private String candidates = FrameSetOptions.NO_CANDIDATES;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        return set.write(
                () ->
                        FrameSet.write(
                                set.out,
                                new FrameSetOptions(
                                        set.count,
                                        set.seed,
                                        set.family,
                                        sizes,
                                        sensor,
                                        shardSize,
                                        stride,
                                        townFrames,
                                        set.workers,
                                        canvas,
                                        new FrameSetOptions.Thinning(drop, ringStep, columnStep),
                                        decoys,
                                        candidates),
                                Version.program(),
                                talk::note),
                "frames",
                talk);
    }
}
