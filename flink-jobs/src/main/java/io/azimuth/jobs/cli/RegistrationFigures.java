package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.registration.ErrorLimit;
import io.azimuth.perception.evaluation.registration.LimitScore;
import io.azimuth.perception.evaluation.registration.PairBin;
import io.azimuth.perception.evaluation.registration.RegistrationScores;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names of the figures of {@code eval registration}: {@code docs/schema/eval-registration-v1.json}.
 */
final class RegistrationFigures {
    private RegistrationFigures() {}

    static SortedMap<String, Double> of(RegistrationScores scores) {
        SortedMap<String, Double> out = new TreeMap<>();
        out.put("pairs", (double) scores.matchable() + scores.unmatchable());
        out.put("matchable", (double) scores.matchable());
        out.put("unmatchable", (double) scores.unmatchable());
        out.put("accepted", (double) scores.accepted());
        out.put("refused", (double) scores.refused());
        out.put("missing", (double) scores.missing());
        out.put("unmatchable_accepted", (double) scores.unmatchableAccepted());
        for (LimitScore s : scores.limits()) {
            limit(out, s);
        }
        for (PairBin bin : scores.bins()) {
            String name = name(bin);
            out.put(name + ".pairs", (double) bin.pairs());
            out.put(name + ".refused", (double) bin.refused());
            for (int i = 0; i < bin.recall().size(); i++) {
                String limit = name(scores.limits().get(i).limit());
                out.put(limit + "." + name + ".recall", bin.recall().get(i));
            }
        }
        return out;
    }

    private static void limit(SortedMap<String, Double> out, LimitScore s) {
        String name = name(s.limit());
        out.put(name + ".successes", (double) s.successes());
        out.put(name + ".recall", s.recall());
        out.put(name + ".precision", s.precision());
        out.put(name + ".false_accepts", (double) s.falseAccepts());
        out.put(name + ".rte_mean_m", s.metres().mean());
        out.put(name + ".rte_median_m", s.metres().median());
        out.put(name + ".rre_mean_deg", s.degrees().mean());
        out.put(name + ".rre_median_deg", s.degrees().median());
    }

    /** As {@code 1.5deg_0.3m}. */
    private static String name(ErrorLimit limit) {
        return plain(limit.degrees()) + "deg_" + plain(limit.metres()) + "m";
    }

    /** As {@code distance_2_5} or {@code distance_over_40}. */
    private static String name(PairBin bin) {
        String property = bin.property().name().toLowerCase(Locale.ROOT);
        return Double.isInfinite(bin.high())
                ? property + "_over_" + plain(bin.low())
                : property + "_" + plain(bin.low()) + "_" + plain(bin.high());
    }

    private static String plain(double v) {
        return v == (long) v ? Long.toString((long) v) : Double.toString(v);
    }
}
