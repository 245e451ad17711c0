package io.azimuth.registration.ume;

/**
 * How far the search goes and what is accepted. Lengths in metres.
 *
 * @param voxelM edge of the cubes the scans are thinned to
 * @param minRangeM nearer points belong to the vehicle
 * @param maxRangeM farther points are too sparse to describe
 * @param sourceKeyPoints most key points of the source
 * @param targetKeyPoints most key points of the target
 * @param neighbours target descriptors that each source key point is matched with
 * @param scorePoints source points that score a hypothesis
 * @param candidates hypotheses that are polished
 * @param starts candidates that are aligned point to plane
 * @param bothDirections also score the hypotheses of target key points matched to the source
 * @param minProbability that the pose is right, by the fitted weights; 0 .. 1
 * @param minMargin least lead of the score over a candidate more than 2 m or 5 degrees away;
 *     negative where a rival may score better
 * @param minOverlap least share of either scan's structure on the other
 * @param maxResidualM largest median distance of what overlaps to the target's planes; 1.8 times as
 *     much where scans are coarse, of few beams
 * @param seed of every draw
 */
public record UmeConfig(
        double voxelM,
        double minRangeM,
        double maxRangeM,
        int sourceKeyPoints,
        int targetKeyPoints,
        int neighbours,
        int scorePoints,
        int candidates,
        int starts,
        boolean bothDirections,
        double minProbability,
        double minMargin,
        double minOverlap,
        double maxResidualM,
        long seed) {
    public UmeConfig {
        if (!(voxelM > 0.05 && voxelM <= 1) || !(minRangeM >= 0 && maxRangeM > minRangeM + 5)) {
            throw new IllegalArgumentException(
                    "voxel %s m, range %s .. %s m: expected 0.05 .. 1 m and a span above 5 m"
                            .formatted(voxelM, minRangeM, maxRangeM));
        }
        if (maxRangeM > 200) {
            throw new IllegalArgumentException(
                    "maxRangeM is " + maxRangeM + ", expected at most 200 m");
        }
        if (sourceKeyPoints < 1
                || targetKeyPoints < 1
                || neighbours < 1
                || scorePoints < 1
                || candidates < 1
                || starts < 1) {
            throw new IllegalArgumentException(
                    "key points %d and %d, neighbours %d, score points %d, candidates %d, starts %d: expected 1 or more each"
                            .formatted(
                                    sourceKeyPoints,
                                    targetKeyPoints,
                                    neighbours,
                                    scorePoints,
                                    candidates,
                                    starts));
        }
        if (!(minProbability >= 0 && minProbability <= 1)) {
            throw new IllegalArgumentException(
                    "minProbability is " + minProbability + ", expected 0 .. 1");
        }
    }

    /**
     * For two scans that a caller brings together. Held out by town (mean of four shuffles, before
     * the last alignment, the bounds below taken), 0.92 took ten of 660 pairs wrongly and none of
     * 354 that are strangers or a block apart, and kept 95.5 % of the pairs turned at random and
     * 73.6 % of those with little in common; at 0.9 one that does not meet was taken in three
     * shuffles of four. All ten are the right place, off by up to 1.8 degrees and 1.1 m, nine of
     * scans that motion had bent. The lead over the best rival is weighed with the rest: a bound of
     * 0.03 of its own, as before, refused ten right poses of 800 pairs (seeds 7601 to 7608) whose
     * rival scored as well; a rival that is far better still refuses. Overlap and residual have
     * bounds only where no weighing helps: next to nothing in common, surfaces that do not meet.
     */
    public static UmeConfig explicitPair() {
        return new UmeConfig(
                0.3, 2, 75, 400, 2000, 4, 600, 120, 12, false, 0.92, -0.1, 0.05, 0.12, 1);
    }

    /** For a vehicle that acts on what is found: no rival may score as well. */
    public static UmeConfig recovery() {
        return explicitPair().withBounds(0.94, 0.03, 0.05, 0.12);
    }

    /** For closing loops in a map, where one false pose ruins it: the stricter bounds. */
    public static UmeConfig loopClosure() {
        return explicitPair().withBounds(0.98, 0.1, 0.1, 0.10);
    }

    /** The same bounds with a wider search: more key points, matches, candidates, both ways. */
    public UmeConfig wide() {
        return new UmeConfig(
                voxelM,
                minRangeM,
                maxRangeM,
                Math.max(600, sourceKeyPoints),
                targetKeyPoints,
                Math.max(6, neighbours),
                Math.max(1000, scorePoints),
                Math.max(200, candidates),
                Math.max(24, starts),
                true,
                minProbability,
                minMargin,
                minOverlap,
                maxResidualM,
                seed);
    }

    UmeConfig withBounds(double probability, double margin, double overlap, double residualM) {
        return new UmeConfig(
                voxelM,
                minRangeM,
                maxRangeM,
                sourceKeyPoints,
                targetKeyPoints,
                neighbours,
                scorePoints,
                candidates,
                starts,
                bothDirections,
                probability,
                margin,
                overlap,
                residualM,
                seed);
    }
}
