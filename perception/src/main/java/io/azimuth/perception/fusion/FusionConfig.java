package io.azimuth.perception.fusion;

/**
 * How much the geometric detector's word counts.
 *
 * @param minScore objects with a fused probability below are not reported
 * @param nearM a geometric box of the same kind supports an object up to this far, metres
 * @param slope weight of the learned detector's log odds
 * @param support weight of the geometric detector's log odds
 * @param offset log odds that any support adds
 * @param missing log odds that missing support takes
 */
public record FusionConfig(
        double minScore,
        double nearM,
        double slope,
        double support,
        double offset,
        double missing) {
    public FusionConfig {
        require(minScore >= 0 && minScore < 1, "minScore", minScore, "0 up to below 1");
        require(nearM > 0 && nearM <= 5, "nearM", nearM, "above 0, up to 5");
        require(slope > 0 && slope <= 5, "slope", slope, "above 0, up to 5");
        require(support >= 0 && support <= 5, "support", support, "0 .. 5");
        require(Math.abs(offset) <= 5, "offset", offset, "-5 .. 5");
        require(Math.abs(missing) <= 5, "missing", missing, "-5 .. 5");
    }

    /**
     * Fitted to the towns of seeds 1 to 6 by {@code FusionStudy} of the test sources, but for
     * {@code missing}: in towns missing support means nothing (-0.04); on a recorded street
     * (kitti_0005, sweeps 0 to 61, looked at) most of what the network alone saw was wrong.
     */
    public static FusionConfig defaults() {
        return new FusionConfig(0.1, 1, 0.89, 0.35, 0.34, 1);
    }

    private static void require(boolean ok, String name, double value, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
