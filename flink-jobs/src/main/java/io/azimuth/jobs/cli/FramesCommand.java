package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.CanvasChoice;
import io.azimuth.connectors.dataset.DatasetReport;
import io.azimuth.connectors.dataset.DriveFrames;
import io.azimuth.connectors.drive.Drive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Frames of a labelled drive to train a detector with. */
@Command(
        name = "frames",
        description = {
            "Write the labelled sweeps of a drive as frames to train a detector with, in the form of 'sim frames'.",
            "Sweeps are brought to mid-sweep by the drive's poses where they need it."
        },
        mixinStandardHelpOptions = true)
final class FramesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DriveArgument argument = new DriveArgument();

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "Folder; made, empty, or unfinished.")
    private Path out = Path.of("frames");

    @Option(
            names = "--sweeps",
            paramLabel = "A:B",
            description = "Positions A to before B (default all).")
    private @Nullable String sweeps;

    @Option(names = "--canvas", description = "nano, tiny or cartesian (default nano).")
    private CanvasChoice canvas = CanvasChoice.NANO;

    @Option(
            names = "--sector-deg",
            paramLabel = "A:B",
            description =
                    "Azimuths between which everything is labelled (default: -40:40 where only the front view is, else -180:180).")
    private @Nullable String sector;

    @Option(
            names = "--unlabelled",
            description =
                    "Take sweeps without labels too, to learn from without labels (default no).")
    private boolean unlabelled;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        DatasetReport report;
        try (Drive drive = argument.open(talk)) {
            report = DriveFrames.write(out, drive, options(drive), Version.program(), talk::note);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        talk.data(
                "%s: %d frames; %d shards made, %d were there"
                        .formatted(out, report.items(), report.made(), report.kept()));
        return 0;
    }

    private DriveFrames.Options options(Drive drive) throws IOException {
        SweepRange range = SweepRange.parse(sweeps, drive.size());
        if (sector == null) {
            boolean front =
                    drive.truth().bySensor().values().stream().anyMatch(t -> t.frontViewOnly());
            var told = DriveFrames.Options.of(range.from(), range.to(), canvas, front);
            return unlabelled ? told.withUnlabelled() : told;
        }
        String[] ends = sector.split(":", -1);
        try {
            if (ends.length == 2) {
                double from = Double.parseDouble(ends[0]);
                double to = Double.parseDouble(ends[1]);
                return new DriveFrames.Options(
                        range.from(), range.to(), canvas, from, to, unlabelled);
            }
        } catch (NumberFormatException e) {
            // Same fault as a text without a colon.
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "--sector-deg is '%s', expected A:B in degrees, e.g. -40:40".formatted(sector));
    }
}
