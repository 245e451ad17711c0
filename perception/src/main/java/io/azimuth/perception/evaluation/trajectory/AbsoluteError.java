package io.azimuth.perception.evaluation.trajectory;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * Absolute trajectory error: how far each aligned pose is from the true one. Source: Sturm et al.,
 * "A benchmark for the evaluation of RGB-D SLAM systems" (IROS 2012), sec. V-B. Immutable,
 * thread-safe.
 *
 * @param metres distances of the positions
 * @param degrees angles between the orientations
 */
public record AbsoluteError(ErrorSummary metres, ErrorSummary degrees) {

    /** Errors {@code T_i^-1 S E_i} with the alignment S. */
    public static AbsoluteError of(PosePairs pairs, Alignment alignment) {
        RigidTransform truthFromEstimate = alignment.truthFromEstimate(pairs);
        double[] metres = new double[pairs.size()];
        double[] degrees = new double[pairs.size()];
        for (int i = 0; i < metres.length; i++) {
            RigidTransform placed = truthFromEstimate.times(pairs.estimate().get(i));
            RigidTransform error = pairs.truth().get(i).inverse().times(placed);
            metres[i] = error.translationNorm();
            degrees[i] = Math.toDegrees(error.angleRad());
        }
        return new AbsoluteError(ErrorSummary.of(metres), ErrorSummary.of(degrees));
    }
}
