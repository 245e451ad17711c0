package io.azimuth.registration.icp;

/**
 * Settings of our refiners. Lengths in metres.
 *
 * @param neighbours points that make a surface around each, 4 .. 1000
 * @param voxelM edge of the target's voxels ({@code vgicp}, and the coarse part of {@code gicp})
 * @param maxDistanceM correspondences farther apart do not count ({@code gicp})
 * @param maxIterations of each part
 * @param minOverlap share of the source's points that must have a correspondence, 0 .. 1; a guard
 *     against no overlap at all, not a measure of trust
 * @param minEigenShare directions with less than this share of the best direction's information
 *     count as unobserved, 0 .. 1
 */
public record RefinerSettings(
        int neighbours,
        double voxelM,
        double maxDistanceM,
        int maxIterations,
        double minOverlap,
        double minEigenShare) {
    public RefinerSettings {
        require(neighbours, 4, 1000, "neighbours");
        require(voxelM, 0.05, 50, "voxelM");
        require(maxDistanceM, 0.01, 100, "maxDistanceM");
        require(maxIterations, 1, 500, "maxIterations");
        require(minOverlap, 0, 1, "minOverlap");
        require(minEigenShare, 0, 1, "minEigenShare");
    }

    private static void require(double value, double least, double most, String name) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", expected " + least + " .. " + most);
        }
    }

    public static RefinerSettings defaults() {
        return new RefinerSettings(20, 1.0, 1.0, 30, 0.05, 0.01);
    }
}
