package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * What a {@link Refiner} found.
 *
 * @param targetFromSource the pose; where {@code status} is {@code NO_OVERLAP}, the guess or the
 *     last finite iterate
 * @param converged the steps became small; says nothing about the fit
 * @param iterations linearisations that were solved
 * @param inliers source points with a correspondence within the refiner's reach
 * @param rmseM root mean square distance of those to their correspondences, metres; 0 if none
 * @param overlap {@code inliers} as a share of the source points, 0 .. 1
 * @param information 6x6 row-major, for a (turn, shift) along the target's axes, the turn about the
 *     source frame's origin where the pose puts it; rad^-2 and m^-2 for the residuals' estimated
 *     variance, correlation between points neglected; all zeros if an engine does not tell
 * @param engine implementation and version, such as {@code azimuth} or {@code pcl-1.13.0}
 * @param nanos time of the call on the clock that the refiner was given, 0 without one: nothing in
 *     this module reads a clock of its own
 */
public record Refinement(
        RigidTransform targetFromSource,
        Status status,
        boolean converged,
        int iterations,
        int inliers,
        double rmseM,
        double overlap,
        double[] information,
        String engine,
        long nanos) {
    public Refinement {
        if (information.length != 36) {
            throw new IllegalArgumentException(
                    "information has "
                            + information.length
                            + " numbers, expected 36 (6x6 row-major)");
        }
        if (!(overlap >= 0 && overlap <= 1) || !(rmseM >= 0)) {
            throw new IllegalArgumentException(
                    "overlap is %s and rmse %s m, expected 0 .. 1 and 0 or more"
                            .formatted(overlap, rmseM));
        }
        information = information.clone();
    }

    /** A copy of the 6x6 matrix. */
    @Override
    public double[] information() {
        return information.clone();
    }
}
