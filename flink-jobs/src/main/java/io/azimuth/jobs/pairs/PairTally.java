package io.azimuth.jobs.pairs;

import io.azimuth.perception.evaluation.registration.ErrorLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Counts of one method on one set of pairs. */
public final class PairTally {
    private static final ErrorLimit FINE = new ErrorLimit(1, 0.1);
    private static final ErrorLimit MIDDLE = new ErrorLimit(1.5, 0.3);
    private static final ErrorLimit NORMAL = new ErrorLimit(1.5, 0.6);
    private static final ErrorLimit ROUGH = new ErrorLimit(5, 2);

    /** Names of the columns of {@link #row}. */
    public static final String HEADER =
            String.format(
                    Locale.ROOT,
                    "%-24s %-9s %5s %7s %7s %7s %7s %7s %7s %7s %11s %7s %7s",
                    "set",
                    "method",
                    "pairs",
                    "1/.1",
                    "1.5/.3",
                    "1.5/.6",
                    "5/2",
                    "best",
                    "refused",
                    "wrong",
                    "negatives",
                    "cpu ms",
                    "p95 ms");

    private final List<JudgedOutcome> outcomes = new ArrayList<>();

    void add(JudgedOutcome outcome) {
        outcomes.add(outcome);
    }

    /**
     * Pairs that can be matched; per cent of them accepted within each limit (degrees / metres);
     * per cent whose best pose, accepted or not, is within (1.5, .6); how many were refused, how
     * many accepted but not within that; accepted of the negatives; CPU.
     */
    public String row(String set, String method) {
        return String.format(
                Locale.ROOT,
                "%-24s %-9s %5d %7.1f %7.1f %7.1f %7.1f %7.1f %7d %7d %11s %7.0f %7.0f",
                set,
                method,
                count(JudgedOutcome::matchable),
                recall(o -> o.accepted() && o.within(FINE)),
                recall(o -> o.accepted() && o.within(MIDDLE)),
                recall(o -> o.accepted() && o.within(NORMAL)),
                recall(o -> o.accepted() && o.within(ROUGH)),
                recall(o -> o.within(NORMAL)),
                count(o -> o.matchable() && !o.accepted()),
                count(o -> o.matchable() && o.accepted() && !o.within(NORMAL)),
                count(o -> o.negative() && o.accepted()) + "/" + count(JudgedOutcome::negative),
                quantile(0.5),
                quantile(0.95));
    }

    private int count(Predicate<JudgedOutcome> which) {
        return (int) outcomes.stream().filter(which).count();
    }

    private double recall(Predicate<JudgedOutcome> which) {
        return 100.0 * count(o -> o.matchable() && which.test(o)) / count(JudgedOutcome::matchable);
    }

    private double quantile(double share) {
        double[] sorted =
                outcomes.stream().mapToDouble(JudgedOutcome::cpuMillis).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
