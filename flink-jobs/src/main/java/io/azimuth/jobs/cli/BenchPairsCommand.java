package io.azimuth.jobs.cli;

import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.jobs.pairs.PairBenchmark;
import io.azimuth.jobs.pairs.PairCases;
import io.azimuth.jobs.pairs.PairEstimates;
import io.azimuth.jobs.pairs.PairMethod;
import io.azimuth.jobs.pairs.PairMethods;
import io.azimuth.jobs.pairs.PairTally;
import io.azimuth.jobs.pairs.PairTurn;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ways of registering two scans, on sets of pairs. */
@Command(
        name = "pairs",
        description = {
            "Register pairs of scans by one or several methods; per cent accepted within (degrees/metres), refusals, wrong acceptances, CPU of one thread with the target prepared.",
            "A SET is a folder of 'sim pairs', TABLE.csv@FOLDER (pairs.csv's columns; numbered scans), or a folder with target.bin, source.bin and T_target_source.txt.",
            "'best' is the share whose best pose is right, accepted or not; 'wrong' are accepted, not within 1.5/.6; 'negatives' those accepted of all."
        },
        mixinStandardHelpOptions = true)
final class BenchPairsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SET", arity = "1..*", description = "Pairs to register.")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description =
                    "ume (default), ume-wide, ume-loop, fpfh; vgicp, gicp, pcl-gicp, pcl-ndt, pcl-icp start from the same place.")
    private List<String> methods = new ArrayList<>();

    @Option(
            names = "--turn",
            description =
                    "none (default), yaw (the source by a random one), so3 (both scans at random).")
    private PairTurn turn = PairTurn.NONE;

    @Option(names = "--seed", description = "Of the turns, and of --foreign (default 1).")
    private long seed = 1;

    @Option(
            names = "--foreign",
            paramLabel = "N",
            description =
                    "Instead of a set's own pairs, N pairs of its scans that were taken in different towns.")
    private int foreign;

    @Option(
            names = "--estimates",
            paramLabel = "DIR",
            description =
                    "Folder for SET-TURN-SEED-METHOD.csv, which 'eval registration' reads (default pairs-out); an interrupted run goes on from there.")
    private Path estimates = Path.of("pairs-out");

    @Option(
            names = "--finalists",
            description =
                    "Also write ...-finalists.csv: every pose that ume aligned, with its errors and evidence, for registration/training/fit_verifier.py. From the first pair on: a table that was begun without is refused.")
    private boolean finalists;

    @Override
    public Integer call() throws IOException {
        Numbers.requireAtLeast("--foreign", foreign, 0);
        Talk talk = new Talk(spec);
        PairBenchmark benchmark =
                new PairBenchmark(
                        turn, seed, ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
        List<String> rows = new ArrayList<>();
        for (String place : sets) {
            PairCases set =
                    foreign > 0 ? PairCases.foreign(place, foreign, seed) : PairCases.open(place);
            for (String name : methods.isEmpty() ? List.of(PairMethods.UME) : methods) {
                String label =
                        set.name() + (turn == PairTurn.NONE ? "" : "-" + label(turn) + "-" + seed);
                String file = label + "-" + name;
                PairEstimates table =
                        new PairEstimates(
                                estimates.resolve(file + ".csv"),
                                finalists ? estimates.resolve(file + "-finalists.csv") : null);
                PairTally tally =
                        benchmark.run(
                                set,
                                method(name, finalists),
                                table,
                                done -> {
                                    if (done % 20 == 0) {
                                        talk.note(label + " " + name + ": " + done + " pairs");
                                    }
                                });
                rows.add(tally.row(label, name));
            }
        }
        talk.data(PairTally.HEADER);
        rows.forEach(talk::data);
        return 0;
    }

    private static String label(PairTurn turn) {
        return turn.name().toLowerCase(Locale.ROOT);
    }

    private static PairMethod method(String name, boolean finalists) {
        try {
            return PairMethods.named(name, TimeSource.SYSTEM::monotonicNanos, finalists);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--method: " + e.getMessage());
        }
    }
}
