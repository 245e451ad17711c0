package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.DatasetReport;
import io.azimuth.connectors.dataset.PairProfile;
import io.azimuth.connectors.dataset.PairSet;
import io.azimuth.connectors.dataset.PairSetOptions;
import io.azimuth.connectors.dataset.SensorChoice;
import io.azimuth.jobs.report.HistogramPicture;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Pairs of scans to judge registration with. */
@Command(
        name = "pairs",
        description = {
            "Write pairs of simulated scans with the exact transform between them: pairs.csv and .bin scans.",
            "Same options, same bytes; a run continues one that was interrupted or had a smaller --count."
        },
        mixinStandardHelpOptions = true)
final class SimPairsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "OUT", description = "Folder; made, empty, or unfinished.")
    private Path out = Path.of("pairs");

    @Option(
            names = "--profile",
            required = true,
            converter = ProfileWords.class,
            description = "sim-rot, sim-lo, sim-10m, sim-cross or sim-neg.")
    private PairProfile profile = PairProfile.SIM_ROT;

    @Option(names = "--count", required = true, description = "Pairs of the whole set.")
    private int count;

    @Option(names = "--seed", description = "The towns' seeds are drawn from it (default 1).")
    private long seed = 1;

    @Option(
            names = "--family",
            description = "Of the towns: ${COMPLETION-CANDIDATES} (default a; b is held out).")
    private TownFamily family = TownFamily.A;

    @Option(
            names = "--sensor",
            description = "${COMPLETION-CANDIDATES} (default hdl64); sim-cross has its own.")
    private SensorChoice sensor = SensorChoice.HDL64;

    @Option(names = "--shard-size", description = "Pairs a shard (default 16).")
    private int shardSize = 16;

    @Option(names = "--workers", description = "Shards made at once (default 1).")
    private int workers = 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        DatasetReport report;
        try {
            PairSetOptions options =
                    new PairSetOptions(count, seed, profile, family, sensor, shardSize, workers);
            report = PairSet.write(out, options, Version.program(), talk::note);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        HistogramPicture.write(report.histograms(), out).forEach(talk::note);
        talk.data(
                "%s: %d pairs; %d shards made, %d were there"
                        .formatted(out, report.items(), report.made(), report.kept()));
        return 0;
    }

    /** Reads a profile by its label. */
    static final class ProfileWords implements ITypeConverter<PairProfile> {
        @Override
        public PairProfile convert(String word) {
            for (PairProfile p : PairProfile.values()) {
                if (p.label().equalsIgnoreCase(word)) {
                    return p;
                }
            }
            throw new TypeConversionException(
                    "'%s' is not one of %s"
                            .formatted(
                                    word,
                                    Arrays.stream(PairProfile.values())
                                            .map(PairProfile::label)
                                            .toList()));
        }
    }
}
