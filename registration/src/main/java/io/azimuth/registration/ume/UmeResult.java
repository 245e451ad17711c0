package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * The answer to a registration: a pose with what speaks for it, or the reason for having none.
 *
 * @param accepted the pose may be used
 * @param reason {@link UmeReason#NONE} if accepted
 * @param targetFromSource the best pose found, sensor frame to sensor frame; the identity if none
 *     was. Not to be used unless accepted
 * @param score log-likelihood ratio plus structure overlap less free-space share, mean of the
 *     source judged by the target and the target by the source
 * @param margin lead of the score over the best candidate more than 2 m or 5 degrees away
 * @param overlap share of all source voxels with a target voxel within 0.6 m
 * @param structureOverlap the same of what stands on the ground
 * @param freeSpaceShare share of the structure points in view that stand where rays passed
 * @param fitness median distance of overlapping voxels to the target's planes, metres
 * @param inliers source voxels with a target voxel within 0.6 m
 * @param information 6x6 row-major, (turn, shift) along the axes and about the origin of the
 *     target's sensor frame, a perturbation from the left of {@code targetFromSource}; rad^-2 and
 *     m^-2, already deflated for correlated points; zeros if there is no pose
 * @param hypotheses poses that were scored
 * @param votes source key points whose match agrees with the pose
 * @param evidence what was weighed; {@link UmeEvidence#NONE} in mode S
 * @param probability that the pose is right, by weights fitted to simulated towns; a foreign scene
 *     may have other odds. NaN in mode S, whose bounds are set and not fitted
 */
public record UmeResult(
        boolean accepted,
        UmeReason reason,
        RigidTransform targetFromSource,
        double score,
        double margin,
        double overlap,
        double structureOverlap,
        double freeSpaceShare,
        double fitness,
        int inliers,
        double[] information,
        int hypotheses,
        int votes,
        UmeEvidence evidence,
        double probability) {
    public UmeResult {
        if (accepted != (reason == UmeReason.NONE)) {
            throw new IllegalArgumentException(
                    "accepted is %s with reason %s: expected NONE exactly if accepted"
                            .formatted(accepted, reason));
        }
        if (information.length != 36) {
            throw new IllegalArgumentException(
                    "information has " + information.length + " numbers, expected 36 (6x6)");
        }
        information = information.clone();
    }

    /** A copy of the 6x6 matrix. */
    @Override
    public double[] information() {
        return information.clone();
    }

    static UmeResult refused(UmeReason reason, int hypotheses) {
        return new UmeResult(
                false,
                reason,
                RigidTransform.IDENTITY,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                new double[36],
                hypotheses,
                0,
                UmeEvidence.NONE,
                0);
    }
}
