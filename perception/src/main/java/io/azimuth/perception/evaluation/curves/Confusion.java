package io.azimuth.perception.evaluation.curves;

import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.DetectionScores.Judged;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.MatchRule;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.ObjectClass;
import java.util.List;

/**
 * What labels of each class were taken for. Detections are matched to labels of any class, surest
 * first. {@code counts[detected][true]} by {@link ObjectClass#ordinal()}; the last row holds the
 * missed labels and the last column the false detections.
 */
public final class Confusion {
    private static final int CLASSES = ObjectClass.values().length;

    private final int[][] counts = new int[CLASSES + 1][CLASSES + 1];

    private Confusion() {}

    /**
     * @param minScore detections below it are left out
     */
    public static Confusion of(
            List<LabelledBox> truth,
            List<ScoredBox> detections,
            MatchRule rule,
            EvaluationRegion region,
            double minScore) {
        List<ScoredBox> sure = detections.stream().filter(d -> d.score() >= minScore).toList();
        DetectionScores.Judgement judged = DetectionScores.judge(truth, sure, rule, region);
        Confusion out = new Confusion();
        for (LabelledBox b : judged.wanted()) {
            out.counts[CLASSES][b.objectClass().ordinal()]++;
        }
        for (Judged d : judged.detections()) {
            int found = d.detection().objectClass().ordinal();
            LabelledBox label = d.truth();
            if (label == null) {
                out.counts[found][CLASSES]++;
            } else {
                out.counts[CLASSES][label.objectClass().ordinal()]--;
                out.counts[found][label.objectClass().ordinal()]++;
            }
        }
        return out;
    }

    /** Labels of class {@code truth} that were detected as {@code detected}. */
    public int matched(ObjectClass detected, ObjectClass truth) {
        return counts[detected.ordinal()][truth.ordinal()];
    }

    public int missed(ObjectClass truth) {
        return counts[CLASSES][truth.ordinal()];
    }

    public int falseBoxes(ObjectClass detected) {
        return counts[detected.ordinal()][CLASSES];
    }
}
