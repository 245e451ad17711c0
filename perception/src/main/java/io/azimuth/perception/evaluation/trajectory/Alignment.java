package io.azimuth.perception.evaluation.trajectory;

import io.azimuth.perception.geometry.RigidTransform;

/** How an estimate is laid on the truth before positions are compared. No scale is estimated. */
public enum Alignment {
    /** Not at all: both are said to be in one frame. */
    NONE,
    /** The rigid transform with the least squares of position errors. */
    SE3,
    /** The first poses on each other. */
    ORIGIN;

    /** The transform that lays the estimate's poses on the truth. */
    RigidTransform truthFromEstimate(PosePairs pairs) {
        return switch (this) {
            case NONE -> RigidTransform.IDENTITY;
            case SE3 -> RigidAlignment.truthFromEstimate(pairs.truth(), pairs.estimate());
            case ORIGIN -> pairs.truth().get(0).times(pairs.estimate().get(0).inverse());
        };
    }
}
