package io.azimuth.perception.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Detections of one label matched greedily to the truth, best score first, over all sweeps pooled.
 * Equal scores are ordered by sweep, then position, then place in the list.
 */
final class Matching {
    /** A detection that counts: true if {@code truth} is there, else false. */
    record Verdict(ScoredBox detection, @Nullable LabelledBox truth) {
        boolean hit() {
            return truth != null;
        }
    }

    /** Verdicts by falling score. */
    final List<Verdict> verdicts = new ArrayList<>();

    /** Boxes of the truth that should have been found. */
    final List<LabelledBox> wanted = new ArrayList<>();

    private Matching() {}

    static Matching of(
            List<LabelledBox> truth,
            List<ScoredBox> detections,
            MatchRule rule,
            EvaluationRegion region) {
        Matching out = new Matching();
        Map<Long, List<LabelledBox>> free = new HashMap<>(); // looked up by sweep, never iterated
        for (LabelledBox box : truth) {
            free.computeIfAbsent(box.sweep(), s -> new ArrayList<>()).add(box);
            if (region.keeps(box)) {
                out.wanted.add(box);
            }
        }
        for (ScoredBox detection : ranked(detections)) {
            List<LabelledBox> candidates = free.getOrDefault(detection.sweep(), List.of());
            LabelledBox match = best(detection, candidates, rule, region);
            if (match != null) {
                candidates.remove(match);
                if (region.keeps(match)) {
                    out.verdicts.add(new Verdict(detection, match));
                }
            } else if (region.countsFalse(detection.box())) {
                out.verdicts.add(new Verdict(detection, null));
            }
        }
        return out;
    }

    static List<ScoredBox> ranked(List<ScoredBox> detections) {
        List<ScoredBox> sorted = new ArrayList<>(detections);
        sorted.sort(
                Comparator.comparingDouble((ScoredBox d) -> -d.score())
                        .thenComparingLong(ScoredBox::sweep)
                        .thenComparingDouble(d -> d.box().x())
                        .thenComparingDouble(d -> d.box().y()));
        return sorted;
    }

    /** The nearest box that counts; one that does not count only if there is no other. */
    private static @Nullable LabelledBox best(
            ScoredBox detection,
            List<LabelledBox> candidates,
            MatchRule rule,
            EvaluationRegion region) {
        LabelledBox best = null;
        double least = Double.POSITIVE_INFINITY;
        boolean bestKept = false;
        for (LabelledBox box : candidates) {
            double cost = rule.cost(detection.box(), box.box());
            boolean kept = region.keeps(box);
            boolean better = kept == bestKept ? cost < least : kept;
            if (cost < Double.POSITIVE_INFINITY && better) {
                best = box;
                least = cost;
                bestKept = kept;
            }
        }
        return best;
    }
}
