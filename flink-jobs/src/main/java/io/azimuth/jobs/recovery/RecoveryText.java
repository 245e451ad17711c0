package io.azimuth.jobs.recovery;

import io.azimuth.jobs.recovery.TrialResult.Outcome;
import io.azimuth.jobs.worlds.WorldSensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Results as lines of text. */
final class RecoveryText {
    private RecoveryText() {}

    static String row(WorldSensor sensor, TrialResult r) {
        return String.format(
                Locale.ROOT,
                "%s %s %d %s: %s after %.1f s, carried %.1f m, error %.3f m %.2f deg, CPU mean %.0f max %.0f ms",
                sensor.label(),
                r.family(),
                r.seed(),
                r.trial(),
                r.outcome(),
                r.afterS(),
                r.movedM(),
                r.errorM(),
                r.errorDeg(),
                r.meanMillis(),
                r.maxMillis());
    }

    /** A table in Markdown, one line a trial. */
    static List<String> summary(List<TrialResult> results) {
        List<String> out = new ArrayList<>();
        out.add(
                "| trial | n | found | lost | false | unnoticed | found after s, median, most | error m, median, most | deg, most |");
        out.add("|---|---|---|---|---|---|---|---|---|");
        for (Trial trial : Trial.values()) {
            List<TrialResult> of = results.stream().filter(r -> r.trial() == trial).toList();
            List<TrialResult> found =
                    of.stream().filter(r -> r.outcome() == Outcome.FOUND).toList();
            double[] after = sorted(found, TrialResult::afterS);
            double[] metres = sorted(found, TrialResult::errorM);
            double[] degrees = sorted(found, TrialResult::errorDeg);
            out.add(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %d | %d | %d | %d | %s | %s | %s |",
                            trial,
                            of.size(),
                            found.size(),
                            count(of, Outcome.LOST),
                            count(of, Outcome.FALSE),
                            count(of, Outcome.UNNOTICED),
                            span(after, "%.1f"),
                            span(metres, "%.3f"),
                            degrees.length == 0 ? "-" : number("%.2f", most(degrees))));
        }
        return out;
    }

    private static long count(List<TrialResult> results, Outcome outcome) {
        return results.stream().filter(r -> r.outcome() == outcome).count();
    }

    private static double[] sorted(List<TrialResult> results, ToDoubleFunction<TrialResult> of) {
        double[] out = results.stream().mapToDouble(of).toArray();
        Arrays.sort(out);
        return out;
    }

    private static String span(double[] sorted, String form) {
        return sorted.length == 0
                ? "-"
                : number(form, sorted[sorted.length / 2]) + ", " + number(form, most(sorted));
    }

    private static double most(double[] sorted) {
        return sorted[sorted.length - 1];
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
