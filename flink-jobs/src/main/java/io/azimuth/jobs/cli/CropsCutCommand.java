package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.CropSet;
import io.azimuth.connectors.dataset.DatasetReport;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.jobs.report.HistogramPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Crops of a recorded drive. */
@Command(
        name = "cut",
        description = {
            "Cut the labelled objects of a drive to a crop set: .npy files and crops.csv, grouped by track.",
            "Boxes are grown by 10 %% (0.2 m at least); those with fewer than 5 points are left out."
        },
        mixinStandardHelpOptions = true)
final class CropsCutCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DriveArgument argument = new DriveArgument();

    @Parameters(index = "1", paramLabel = "OUT", description = "Folder; made if missing, or empty.")
    private Path out = Path.of("crops");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        DatasetReport report;
        try (Drive drive = argument.open(talk)) {
            report = CropSet.cut(out, drive, Version.program(), talk::note);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        HistogramPicture.write(report.histograms(), out).forEach(talk::note);
        talk.data("%s: %d crops".formatted(out, report.items()));
        return 0;
    }
}
