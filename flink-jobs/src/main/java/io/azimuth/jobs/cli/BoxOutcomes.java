package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.MatchRule;
import io.azimuth.perception.evaluation.ScoredBox;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of each labelled box by the rules of our own benchmark, as CSV. */
final class BoxOutcomes {
    static final String HEADER = "sweep,track,class,range_m,points,outcome,score,nearest_m";

    private BoxOutcomes() {}

    /**
     * A line for each label of a known class, in the order of the labels. Its outcome is found,
     * missed, or neutral where the region leaves it out; the score is that of the detection that
     * found it; the nearest detection of its class group may have found another.
     */
    static String of(List<LabelledBox> labels, List<ScoredBox> boxes, EvaluationRegion region) {
        DetectionScores.Options rules = DetectionScores.Options.of(region);
        List<ScoredBox> sure = boxes.stream().filter(b -> b.score() >= rules.minScore()).toList();
        Map<LabelledBox, ScoredBox> finders = new HashMap<>();
        for (ClassGroup group : ClassGroup.values()) {
            DetectionScores.Judgement judged =
                    DetectionScores.judge(
                            labels.stream()
                                    .filter(b -> ClassGroup.of(b.objectClass()) == group)
                                    .toList(),
                            sure.stream()
                                    .filter(b -> ClassGroup.of(b.objectClass()) == group)
                                    .toList(),
                            MatchRule.centreDistance(rules.distanceM()),
                            region);
            for (DetectionScores.Judged d : judged.detections()) {
                LabelledBox found = d.truth();
                if (found != null) {
                    finders.put(found, d.detection());
                }
            }
        }
        StringBuilder out = new StringBuilder(HEADER).append('\n');
        for (LabelledBox label : labels) {
            if (ClassGroup.of(label.objectClass()) != null) {
                ScoredBox finder = finders.get(label);
                String missed = region.keeps(label) ? "missed" : "neutral";
                out.append(
                        String.format(
                                Locale.ROOT,
                                "%d,%s,%s,%.1f,%d,%s,%s,%s\n",
                                label.sweep(),
                                label.track(),
                                label.objectClass().label(),
                                label.box().rangeM(),
                                label.points(),
                                finder != null ? "found" : missed,
                                finder != null ? finder.score() : "",
                                nearest(label, sure)));
            }
        }
        return out.toString();
    }

    private static String nearest(LabelledBox label, List<ScoredBox> boxes) {
        double away =
                boxes.stream()
                        .filter(b -> b.sweep() == label.sweep())
                        .filter(
                                b ->
                                        ClassGroup.of(b.objectClass())
                                                == ClassGroup.of(label.objectClass()))
                        .mapToDouble(
                                b ->
                                        Math.hypot(
                                                b.box().x() - label.box().x(),
                                                b.box().y() - label.box().y()))
                        .min()
                        .orElse(Double.NaN);
        return Double.isNaN(away) ? "" : String.format(Locale.ROOT, "%.2f", away);
    }
}
