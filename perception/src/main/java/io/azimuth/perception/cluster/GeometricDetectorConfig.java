package io.azimuth.perception.cluster;

import io.azimuth.perception.ground.GroundConfig;

/**
 * Settings of the geometric detector.
 *
 * @param ground settings of the ground estimate
 * @param maxRangeM objects beyond are not looked for
 * @param minObjectHeightM points lower over the ground belong to the ground
 * @param roofM points higher over the ground link nothing: a tree over a car is not the car
 * @param minGapM least gap that separates two components
 * @param maxMergeGapM widest gap across which fragments may be one object
 * @param columnJump missing columns that a link may jump over
 * @param rowJump missing rows that a link may jump over, plus one
 * @param minPoints fewest points of an object
 * @param minScore detections with a raw score (before calibration) below are not reported
 */
public record GeometricDetectorConfig(
        GroundConfig ground,
        double maxRangeM,
        double minObjectHeightM,
        double roofM,
        double minGapM,
        double maxMergeGapM,
        int columnJump,
        int rowJump,
        int minPoints,
        double minScore) {
    public GeometricDetectorConfig {
        require(maxRangeM > 0 && maxRangeM <= 200, "maxRangeM", maxRangeM, "above 0, up to 200");
        require(
                minObjectHeightM >= 0.05 && minObjectHeightM <= 0.6,
                "minObjectHeightM",
                minObjectHeightM,
                "0.05 .. 0.6");
        require(roofM >= 1.8 && roofM <= 4, "roofM", roofM, "1.8 .. 4");
        require(minGapM > 0 && minGapM <= 1, "minGapM", minGapM, "above 0, up to 1");
        require(
                maxMergeGapM >= minGapM && maxMergeGapM <= 3,
                "maxMergeGapM",
                maxMergeGapM,
                "minGapM .. 3");
        require(columnJump >= 1 && columnJump <= 16, "columnJump", columnJump, "1 .. 16");
        require(rowJump >= 1 && rowJump <= 8, "rowJump", rowJump, "1 .. 8");
        require(minPoints >= 3, "minPoints", minPoints, "3 or more");
        require(minScore >= 0 && minScore < 1, "minScore", minScore, "0 up to below 1");
    }

    /** For spinning sensors of 16 to 128 beams. */
    public static GeometricDetectorConfig defaults() {
        return new GeometricDetectorConfig(
                GroundConfig.defaults(), 60, 0.2, 2.5, 0.2, 1.2, 3, 2, 8, 0.1);
    }

    private static void require(boolean ok, String name, double value, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
