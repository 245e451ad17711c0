package io.azimuth.registration.ume;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What speaks for and against a pose. "Forward" judges the source's points by the target, "back"
 * the target's by the source. Shares are 0 .. 1.
 *
 * @param forward how the source's structure lies in the target
 * @param back how the target's structure lies in the source
 * @param margin lead of the mean score of both ways over the best other place
 * @param forwardMargin the same of the forward score alone
 * @param overlap share of all source voxels with a target voxel near
 * @param residualM median distance of those to the target's planes
 * @param sigmaM standard deviation of the source's place by the residuals' information
 * @param sigmaRad the same of its attitude
 * @param voteShare share of the source's key points whose match agrees with the pose
 */
public record UmeEvidence(
        Side forward,
        Side back,
        double margin,
        double forwardMargin,
        double overlap,
        double residualM,
        double sigmaM,
        double sigmaRad,
        double voteShare) {
    /** Of a pair that has no pose. */
    static final UmeEvidence NONE =
            new UmeEvidence(new Side(0, 0, 0), new Side(0, 0, 0), 0, 0, 0, 0, 0, 0, 0);

    /**
     * One scan's structure seen by the other.
     *
     * @param ratio mean log-likelihood ratio
     * @param overlap share on the other's voxels
     * @param freeSpace share of what is in the other's view that stands where its rays passed
     */
    public record Side(double ratio, double overlap, double freeSpace) {
        /** What poses are ranked by. */
        double score() {
            return ratio + overlap - freeSpace;
        }
    }

    /** Mean of the scores of both ways. */
    public double score() {
        return 0.5 * (forward.score() + back.score());
    }

    /** By name, for tables. */
    public SortedMap<String, Double> values() {
        SortedMap<String, Double> out = new TreeMap<>();
        out.put("ratio_f", forward.ratio);
        out.put("overlap_f", forward.overlap);
        out.put("free_f", forward.freeSpace);
        out.put("ratio_b", back.ratio);
        out.put("overlap_b", back.overlap);
        out.put("free_b", back.freeSpace);
        out.put("margin", margin);
        out.put("margin_f", forwardMargin);
        out.put("overlap", overlap);
        out.put("residual", residualM);
        out.put("sigma_m", sigmaM);
        out.put("sigma_rad", sigmaRad);
        out.put("votes", voteShare);
        return out;
    }
}
