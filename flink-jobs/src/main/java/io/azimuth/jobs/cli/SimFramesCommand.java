package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.DatasetReport;
import io.azimuth.connectors.dataset.FrameSet;
import io.azimuth.connectors.dataset.FrameSetOptions;
import io.azimuth.connectors.dataset.SensorChoice;
import io.azimuth.connectors.dataset.SizeChoice;
import io.azimuth.jobs.report.HistogramPicture;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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

    @Parameters(paramLabel = "OUT", description = "Folder; made, empty, or unfinished.")
    private Path out = Path.of("frames");

    @Option(names = "--count", required = true, description = "Frames of the whole set.")
    private int count;

    @Option(names = "--seed", description = "The towns' seeds are drawn from it (default 1).")
    private long seed = 1;

    @Option(
            names = "--family",
            description = "Of the towns: ${COMPLETION-CANDIDATES} (default a; b is held out).")
    private TownFamily family = TownFamily.A;

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

    @Option(names = "--workers", description = "Shards made at once (default 1).")
    private int workers = 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        DatasetReport report;
        try {
            FrameSetOptions options =
                    new FrameSetOptions(
                            count,
                            seed,
                            family,
                            sizes,
                            sensor,
                            shardSize,
                            stride,
                            townFrames,
                            workers);
            report = FrameSet.write(out, options, Version.program(), talk::note);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        HistogramPicture.write(report.histograms(), out).forEach(talk::note);
        talk.data(
                "%s: %d frames; %d shards made, %d were there"
                        .formatted(out, report.items(), report.made(), report.kept()));
        return 0;
    }
}
