package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.OrientedBox;

/**
 * What part of the truth and of the detections is judged. Truth outside of it is neutral: it is not
 * missed, and a detection of it is not false.
 *
 * @param minPoints truth with fewer points is neutral; truth whose points were not counted is kept
 * @param maxRangeM centres farther than this, seen from above, are neutral
 * @param halfFovRad a detection is false only if its azimuth is at most this, in (0, pi]; below pi
 *     it must also have x > 0
 */
public record EvaluationRegion(int minPoints, double maxRangeM, double halfFovRad) {
    /** KITTI labels only what the front camera sees; the outermost degrees are partly labelled. */
    public static final double KITTI_HALF_FOV_RAD = Math.toRadians(38);

    public EvaluationRegion {
        if (minPoints < 0 || !(maxRangeM > 0) || !(halfFovRad > 0 && halfFovRad <= Math.PI)) {
            throw new IllegalArgumentException(
                    "region has minPoints %d, maxRangeM %s, halfFovRad %s: expected >= 0, > 0 and (0, pi]"
                            .formatted(minPoints, maxRangeM, halfFovRad));
        }
    }

    /** Truth labelled all around. */
    public static EvaluationRegion allRound(int minPoints, double maxRangeM) {
        return new EvaluationRegion(minPoints, maxRangeM, Math.PI);
    }

    /** Truth labelled only in the front camera's view, as KITTI's. */
    public static EvaluationRegion frontCamera(int minPoints, double maxRangeM) {
        return new EvaluationRegion(minPoints, maxRangeM, KITTI_HALF_FOV_RAD);
    }

    /** Whether missing this box counts. */
    public boolean keeps(LabelledBox truth) {
        boolean enough = truth.points() < 0 || truth.points() >= minPoints;
        return enough && truth.box().rangeM() <= maxRangeM;
    }

    /** Whether a detection here that matches no truth counts as false. */
    public boolean countsFalse(OrientedBox box) {
        if (box.rangeM() > maxRangeM) {
            return false;
        }
        boolean allRound = halfFovRad >= Math.PI;
        return allRound || (box.x() > 0 && Math.abs(Math.atan2(box.y(), box.x())) <= halfFovRad);
    }
}
