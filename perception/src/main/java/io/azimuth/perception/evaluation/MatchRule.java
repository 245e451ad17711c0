package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.BoxOverlap;
import io.azimuth.perception.geometry.OrientedBox;

/**
 * When a detection and a box of the truth are the same object.
 *
 * @param measure what is compared
 * @param threshold largest distance in metres, or smallest overlap in (0, 1]
 */
public record MatchRule(Measure measure, double threshold) {
    /** What is compared. */
    public enum Measure {
        /** Distance of the centres seen from above, metres. */
        CENTRE_DISTANCE,
        /** Intersection over union seen from above. */
        BEV_OVERLAP,
        /** Intersection over union of the volumes. */
        VOLUME_OVERLAP
    }

    public MatchRule {
        boolean overlapFits = measure == Measure.CENTRE_DISTANCE || threshold <= 1;
        if (!(threshold > 0) || !overlapFits) {
            throw new IllegalArgumentException(
                    "threshold of %s is %s, expected above 0 (overlap: at most 1)"
                            .formatted(measure, threshold));
        }
    }

    public static MatchRule centreDistance(double metres) {
        return new MatchRule(Measure.CENTRE_DISTANCE, metres);
    }

    public static MatchRule bevOverlap(double iou) {
        return new MatchRule(Measure.BEV_OVERLAP, iou);
    }

    public static MatchRule volumeOverlap(double iou) {
        return new MatchRule(Measure.VOLUME_OVERLAP, iou);
    }

    /** How badly two boxes match: smaller is better, infinite if they are no match. */
    double cost(OrientedBox a, OrientedBox b) {
        if (measure == Measure.CENTRE_DISTANCE) {
            double distance = Math.hypot(a.x() - b.x(), a.y() - b.y());
            return distance <= threshold ? distance : Double.POSITIVE_INFINITY;
        }
        double overlap =
                measure == Measure.BEV_OVERLAP ? BoxOverlap.bev(a, b) : BoxOverlap.volume(a, b);
        return overlap >= threshold ? 1 - overlap : Double.POSITIVE_INFINITY;
    }
}
