package io.azimuth.perception.evaluation.trajectory;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;

/**
 * Relative pose error: how wrong the motion over a fixed step is. Steps follow on each other: each
 * begins where the one before ends. Source: Sturm et al. (IROS 2012), sec. V-A. Immutable,
 * thread-safe.
 *
 * @param metres translation errors of the steps
 * @param degrees rotation errors of the steps
 */
public record RelativeError(ErrorSummary metres, ErrorSummary degrees) {

    /** Steps of so many poses; a rest at the end is left out. */
    public static RelativeError overPoses(PosePairs pairs, int delta) {
        if (delta < 1) {
            throw new IllegalArgumentException("step is " + delta + " poses, expected 1 or more");
        }
        List<Integer> stops = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += delta) {
            stops.add(i);
        }
        return between(pairs, stops);
    }

    /**
     * Steps that end at the first pose by which the truth's path since the step's begin is at least
     * {@code deltaM}; a rest at the end is left out.
     */
    public static RelativeError overMetres(PosePairs pairs, double deltaM) {
        if (!(deltaM > 0 && deltaM < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("step is " + deltaM + " m, expected above 0");
        }
        double[] walked = pairs.walkedM();
        List<Integer> stops = new ArrayList<>();
        stops.add(0);
        int begin = 0;
        for (int i = 1; i < walked.length; i++) {
            if (walked[i] - walked[begin] >= deltaM) {
                stops.add(i);
                begin = i;
            }
        }
        return between(pairs, stops);
    }

    private static RelativeError between(PosePairs pairs, List<Integer> stops) {
        int steps = stops.size() - 1;
        double[] metres = new double[steps];
        double[] degrees = new double[steps];
        for (int k = 0; k < steps; k++) {
            RigidTransform error = pairs.motionError(stops.get(k), stops.get(k + 1));
            metres[k] = error.translationNorm();
            degrees[k] = Math.toDegrees(error.angleRad());
        }
        return new RelativeError(ErrorSummary.of(metres), ErrorSummary.of(degrees));
    }
}
