package io.azimuth.perception.evaluation.curves;

import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.DetectionScores.Judged;
import java.util.ArrayList;
import java.util.List;

/**
 * Precision over recall as the score threshold falls. Detections of equal score make one point, for
 * no threshold tells them apart. Immutable, thread-safe.
 *
 * @param wanted labels that count
 * @param points by falling score
 */
public record PrCurve(int wanted, List<Point> points) {
    /**
     * @param score the threshold
     * @param recall share of labels found at this threshold; NaN if nothing is wanted
     * @param precision share of detections that are true
     */
    public record Point(double score, double recall, double precision) {}

    public PrCurve {
        points = List.copyOf(points);
    }

    /** The curve of one class's detections, matched by any rule. */
    public static PrCurve of(DetectionScores.Judgement judgement) {
        int wanted = judgement.wanted().size();
        List<Judged> detections = judgement.detections();
        List<Point> out = new ArrayList<>();
        int hits = 0;
        for (int i = 0; i < detections.size(); i++) {
            hits += detections.get(i).hit() ? 1 : 0;
            double score = detections.get(i).detection().score();
            boolean last =
                    i == detections.size() - 1 || detections.get(i + 1).detection().score() < score;
            if (last) {
                out.add(new Point(score, hits / (double) wanted, hits / (i + 1.0)));
            }
        }
        return new PrCurve(wanted, out);
    }
}
