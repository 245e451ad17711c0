package io.azimuth.registration.odometry;

import io.azimuth.registration.icp.Refiners;

/**
 * Settings of the odometry. Lengths in metres.
 *
 * @param reduceVoxelM a sweep keeps one point in each voxel of this edge
 * @param maxRangeM points farther from the sensor are not used
 * @param minRangeM points nearer to the sensor (the vehicle itself) are not used
 * @param mapVoxelM edge of the map's voxels
 * @param thinM scatter below which a direction of a voxel counts as a surface's normal
 * @param keyFrameM a sweep becomes a key frame when it lies this far from the last one
 * @param keyFrameDeg or is turned by this much
 * @param keyFrames how many key frames make the map
 * @param minInliers share of points that must fit for a registration to be believed, 0 .. 1
 * @param minEigenShare directions with less than this share of the best direction's information
 *     follow the motion model, 0 .. 1
 * @param maxGapSeconds a longer silence of the sensor starts a new segment
 * @param refiner what lays sweeps on the map: {@value #SCAN_TO_MAP}, or one of {@link
 *     Refiners#all()}, slower ones to compare with; the first motion of a segment is always found
 *     by the usual one
 */
public record OdometryConfig(
        double reduceVoxelM,
        double maxRangeM,
        double minRangeM,
        double mapVoxelM,
        double thinM,
        double keyFrameM,
        double keyFrameDeg,
        int keyFrames,
        double minInliers,
        double minEigenShare,
        double maxGapSeconds,
        String refiner) {
    /** Point to voxel, with a robust kernel: the usual one. */
    public static final String SCAN_TO_MAP = "scan-to-map";

    public OdometryConfig {
        if (!refiner.equals(SCAN_TO_MAP) && !Refiners.all().contains(refiner)) {
            throw new IllegalArgumentException(
                    "refiner is '%s', expected %s or one of %s"
                            .formatted(refiner, SCAN_TO_MAP, Refiners.all()));
        }
        require(reduceVoxelM, 0.01, 5, "reduceVoxelM");
        require(maxRangeM, 1, 500, "maxRangeM");
        require(minRangeM, 0, maxRangeM, "minRangeM");
        require(mapVoxelM, 0.05, 20, "mapVoxelM");
        require(thinM, 0, 5, "thinM");
        require(keyFrameM, 0.01, 50, "keyFrameM");
        require(keyFrameDeg, 0.1, 180, "keyFrameDeg");
        require(keyFrames, 1, 10_000, "keyFrames");
        require(minInliers, 0, 1, "minInliers");
        require(minEigenShare, 0, 1, "minEigenShare");
        require(maxGapSeconds, 0.01, 3600, "maxGapSeconds");
    }

    private static void require(double value, double least, double most, String name) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", expected " + least + " .. " + most);
        }
    }

    public static OdometryConfig defaults() {
        return new OdometryConfig(0.4, 100, 2.5, 1.0, 0.1, 0.5, 3, 40, 0.3, 0.01, 5, SCAN_TO_MAP);
    }

    /** The same with another refiner. */
    public OdometryConfig withRefiner(String name) {
        return new OdometryConfig(
                reduceVoxelM,
                maxRangeM,
                minRangeM,
                mapVoxelM,
                thinM,
                keyFrameM,
                keyFrameDeg,
                keyFrames,
                minInliers,
                minEigenShare,
                maxGapSeconds,
                name);
    }
}
