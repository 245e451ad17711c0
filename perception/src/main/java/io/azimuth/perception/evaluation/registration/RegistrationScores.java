package io.azimuth.perception.evaluation.registration;

import io.azimuth.perception.evaluation.trajectory.ErrorSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How well pairs of scans were registered. A refusal is no error but a failure: it counts in the
 * recall, except for pairs that cannot be matched, where it is the right answer. Immutable,
 * thread-safe.
 *
 * @param matchable pairs that can be matched; recall is over these
 * @param unmatchable negatives, and pairs with an overlap below 5 %
 * @param accepted estimates with a transform
 * @param refused estimates without one, of any pair
 * @param missing pairs without estimate, of any kind; failures as refusals are
 * @param unmatchableAccepted accepted estimates of unmatchable pairs
 * @param limits one a limit
 * @param bins of matchable pairs, by property and value; empty ones are left out
 */
public record RegistrationScores(
        int matchable,
        int unmatchable,
        int accepted,
        int refused,
        int missing,
        int unmatchableAccepted,
        List<LimitScore> limits,
        List<PairBin> bins) {

    private record Key(long target, long source) {}

    public RegistrationScores {
        limits = List.copyOf(limits);
        bins = List.copyOf(bins);
    }

    /** Scores at {@link ErrorLimit#USUAL}. */
    public static RegistrationScores of(List<PairTruth> truth, List<PairEstimate> estimates) {
        return of(truth, estimates, ErrorLimit.USUAL);
    }

    /**
     * Scores the estimates that have the same target and source as a pair.
     *
     * @throws IllegalArgumentException naming the pair, if it is there twice or has an estimate but
     *     no truth
     */
    public static RegistrationScores of(
            List<PairTruth> truth, List<PairEstimate> estimates, List<ErrorLimit> limits) {
        Map<Key, PairEstimate> said = new HashMap<>();
        for (PairEstimate e : estimates) {
            if (said.put(new Key(e.target(), e.source()), e) != null) {
                throw fault("there are two estimates", e.target(), e.source());
            }
        }
        Set<Key> known = new HashSet<>();
        List<JudgedPair> judged = new ArrayList<>();
        for (PairTruth pair : truth) {
            Key key = new Key(pair.target(), pair.source());
            if (!known.add(key)) {
                throw fault("truth is there twice", pair.target(), pair.source());
            }
            judged.add(JudgedPair.of(pair, said.get(key)));
        }
        for (PairEstimate e : estimates) {
            if (!known.contains(new Key(e.target(), e.source()))) {
                throw fault("there is an estimate but no truth", e.target(), e.source());
            }
        }
        return score(judged, estimates.size(), limits);
    }

    private static IllegalArgumentException fault(String what, long target, long source) {
        return new IllegalArgumentException(
                "pair target %d, source %d: %s; expected one of each"
                        .formatted(target, source, what));
    }

    private static RegistrationScores score(
            List<JudgedPair> judged, int estimates, List<ErrorLimit> limits) {
        List<JudgedPair> matchable = judged.stream().filter(j -> !j.pair().unmatchable()).toList();
        int accepted = (int) judged.stream().filter(JudgedPair::accepted).count();
        int ofMatchable = (int) matchable.stream().filter(JudgedPair::accepted).count();
        return new RegistrationScores(
                matchable.size(),
                judged.size() - matchable.size(),
                accepted,
                estimates - accepted,
                judged.size() - estimates,
                accepted - ofMatchable,
                limits.stream().map(limit -> atLimit(judged, accepted, limit)).toList(),
                bins(matchable, limits));
    }

    private static LimitScore atLimit(List<JudgedPair> judged, int accepted, ErrorLimit limit) {
        List<JudgedPair> successes = new ArrayList<>();
        int matchable = 0;
        int right = 0;
        int falseAccepts = 0;
        for (JudgedPair j : judged) {
            boolean within = j.within(limit);
            right += within ? 1 : 0;
            if (j.pair().unmatchable()) {
                falseAccepts += j.accepted() && !within ? 1 : 0;
                continue;
            }
            matchable++;
            if (within) {
                successes.add(j);
            }
        }
        return new LimitScore(
                limit,
                successes.size(),
                share(successes.size(), matchable),
                share(right, accepted),
                falseAccepts,
                summary(successes, JudgedPair::metres),
                summary(successes, JudgedPair::degrees));
    }

    private static ErrorSummary summary(
            List<JudgedPair> pairs, ToDoubleFunction<JudgedPair> error) {
        return ErrorSummary.of(pairs.stream().mapToDouble(error).toArray());
    }

    private static List<PairBin> bins(List<JudgedPair> matchable, List<ErrorLimit> limits) {
        List<PairBin> out = new ArrayList<>();
        for (PairBin.Property property : PairBin.Property.values()) {
            double[] edges = property.edges();
            for (int i = 0; i + 1 < edges.length; i++) {
                double low = edges[i];
                double high = edges[i + 1];
                List<JudgedPair> in =
                        matchable.stream()
                                .filter(j -> j.value(property) >= low && j.value(property) < high)
                                .toList();
                if (!in.isEmpty()) {
                    int refused = (int) in.stream().filter(j -> !j.accepted()).count();
                    List<Double> recall = limits.stream().map(l -> recall(in, l)).toList();
                    out.add(new PairBin(property, low, high, in.size(), refused, recall));
                }
            }
        }
        return out;
    }

    private static double recall(List<JudgedPair> pairs, ErrorLimit limit) {
        return share((int) pairs.stream().filter(j -> j.within(limit)).count(), pairs.size());
    }

    /** NaN of nothing. */
    private static double share(int part, int whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
