package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.PairProfile;
import io.azimuth.connectors.dataset.PairSet;
import io.azimuth.connectors.dataset.PairSetOptions;
import io.azimuth.connectors.dataset.SensorChoice;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Mixin private DatasetOptions set = new DatasetOptions();

    @Option(
            names = "--profile",
            required = true,
            converter = ProfileWords.class,
            description = "sim-rot, sim-lo, sim-10m, sim-cross, sim-neg or sim-apart.")
    private PairProfile profile = PairProfile.SIM_ROT;

    @Option(
            names = "--sensor",
            description = "${COMPLETION-CANDIDATES} (default hdl64); sim-cross has its own.")
    private SensorChoice sensor = SensorChoice.HDL64;

    @Option(
            names = "--bent",
            description =
                    "Leave the scans as a moving sensor measured them: each by 0 to 2.5 times the vehicle's motion.")
    private boolean bent;

    @Option(names = "--shard-size", description = "Pairs a shard (default 16).")
    private int shardSize = 16;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        return set.write(
                () ->
                        PairSet.write(
                                set.out,
                                new PairSetOptions(
                                        set.count,
                                        set.seed,
                                        profile,
                                        set.family,
                                        sensor,
                                        bent,
                                        shardSize,
                                        set.workers),
                                Version.program(),
                                talk::note),
                "pairs",
                talk);
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
