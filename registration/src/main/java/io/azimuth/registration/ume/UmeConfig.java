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
 * @param minScore least log-likelihood ratio plus structure overlap less free-space share
 * @param minMargin least lead over a candidate more than 2 m or 5 degrees away
 * @param minOverlap least share of source voxels on the target, ground included
 * @param maxResidualM largest median distance of those to the target's planes
 * @param maxFreeSpaceShare largest share of structure points that stand where target rays passed;
 *     half of it where the score is below 0.5
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
        double minScore,
        double minMargin,
        double minOverlap,
        double maxResidualM,
        double maxFreeSpaceShare,
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
    }

    /**
     * For two scans that a caller brings together: the usual search, the milder bounds. The
     * residual bound allows for sweeps that nobody motion-compensated, the free-space bound for
     * traffic: on simulated towns right poses have up to 0.07 of it as a rule, wrong ones 0.1 ..
     * 0.4.
     */
    public static UmeConfig explicitPair() {
        return new UmeConfig(
                0.3, 2, 75, 400, 2000, 4, 600, 60, 20, false, 0.20, 0.12, 0.08, 0.10, 0.09, 1);
    }

    /** For closing loops in a map, where one false pose ruins it: the stricter bounds. */
    public static UmeConfig loopClosure() {
        return explicitPair().withBounds(0.40, 0.12, 0.16, 0.06, 0.03);
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
                Math.max(100, candidates),
                Math.max(30, starts),
                true,
                minScore,
                minMargin,
                minOverlap,
                maxResidualM,
                maxFreeSpaceShare,
                seed);
    }

    UmeConfig withBounds(
            double score, double margin, double overlap, double residualM, double freeSpaceShare) {
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
                score,
                margin,
                overlap,
                residualM,
                freeSpaceShare,
                seed);
    }
}
