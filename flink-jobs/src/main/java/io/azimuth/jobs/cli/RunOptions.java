package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.jobs.config.EffectiveConfig;
import io.azimuth.jobs.pipeline.PipelineConfig;
import io.azimuth.jobs.report.RunReport;
import io.azimuth.jobs.report.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code run} and {@code demo} share: how the pipeline runs and what is written. */
final class RunOptions {
    enum Delivery {
        AT_LEAST_ONCE,
        EXACTLY_ONCE
    }

    @Mixin private ConfigOptions config = new ConfigOptions();

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Of every station (default 1).")
    private int parallelism = 1;

    @Option(names = "--delivery", description = "${COMPLETION-CANDIDATES} (default at_least_once).")
    private Delivery delivery = Delivery.AT_LEAST_ONCE;

    @Option(names = "--rate", description = "1 as recorded, 4 four times as fast, max (default).")
    private String rate = "max";

    @Option(names = "--no-pictures", description = "Write files and scores only.")
    private boolean noPictures;

    @Option(
            names = "--keep-going",
            description = "Exit 8 instead of 4 if some sweeps are dead, e.g. unreadable.")
    private boolean keepGoing;

    /** Where the drive comes from. */
    interface Opener {
        Drive open() throws IOException;
    }

    /** Checks the options, then runs the drive and writes its results; answers the exit code. */
    int run(Opener opener, Path out, Talk talk) throws IOException, InterruptedException {
        EffectiveConfig effective = config.load();
        PipelineConfig stations = pipeline().withBatching(Stations.batching(effective.values()));
        double speed = Rate.parse(rate);
        try (Drive drive = opener.open()) {
            Files.createDirectories(out);
            Files.writeString(out.resolve("config.yaml"), effective.toYaml());
            PipelineRun.Finished finished =
                    new PipelineRun(drive, effective, stations, speed).run(talk);
            RunResult result = finished.result();
            writeDigests(finished.digests(), out.resolve("digests.txt"));
            RunReport report = RunReport.write(result, drive, out, !noPictures);
            report.warnings().forEach(w -> talk.note("warning: " + w));
            talk.data(report.table().stripTrailing());
            talk.data("results in " + out);
            return outcome(result.accounting(), talk);
        }
    }

    private static void writeDigests(SortedMap<String, String> digests, Path file)
            throws IOException {
        StringBuilder text = new StringBuilder();
        digests.forEach((topic, sha) -> text.append(sha).append("  ").append(topic).append('\n'));
        Files.writeString(file, text);
    }

    private PipelineConfig pipeline() {
        try {
            return PipelineConfig.defaults()
                    .withWatermarkBoundMillis(0) // each sensor has a partition of its own
                    .withParallelism(parallelism)
                    .withDelivery(PipelineConfig.Delivery.valueOf(delivery.name()));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private int outcome(RunResult.Accounting a, Talk talk) {
        if (!a.balances()) {
            throw new IllegalStateException("sweeps without a fate, or with two: " + a);
        }
        if (a.dead() == 0) {
            return ExitCode.OK.number();
        }
        talk.note(
                "%s: %d of %d sweeps are dead (named above); the results hold the others"
                        .formatted(keepGoing ? "partial" : "error", a.dead(), a.in()));
        return (keepGoing ? ExitCode.PARTIAL : ExitCode.INPUT_MALFORMED).number();
    }
}
