package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.DatasetReport;
import io.azimuth.jobs.report.HistogramPicture;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code sim frames} and {@code sim pairs} share: how much is drawn, and what is said. */
final class DatasetOptions {
    @Parameters(paramLabel = "OUT", description = "Folder; made, empty, or unfinished.")
    Path out = Path.of("dataset");

    @Option(names = "--count", required = true, description = "Items of the whole set.")
    int count;

    @Option(names = "--seed", description = "The towns' seeds are drawn from it (default 1).")
    long seed = 1;

    @Option(
            names = "--family",
            description = "Of the towns: ${COMPLETION-CANDIDATES} (default a; b is held out).")
    TownFamily family = TownFamily.A;

    @Option(names = "--workers", description = "Shards made at once (default 1).")
    int workers = 1;

    /** Writes the set; {@link IllegalArgumentException} says which option is wrong. */
    interface Writing {
        DatasetReport run() throws IOException, InterruptedException;
    }

    /**
     * Writes the set and says what was made.
     *
     * @param items what they are called
     */
    int write(Writing writing, String items, Talk talk) throws IOException, InterruptedException {
        DatasetReport report;
        try {
            report = writing.run();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        HistogramPicture.write(report.histograms(), out).forEach(talk::note);
        talk.data(
                "%s: %d %s; %d shards made, %d were there"
                        .formatted(out, report.items(), items, report.made(), report.kept()));
        return 0;
    }
}
