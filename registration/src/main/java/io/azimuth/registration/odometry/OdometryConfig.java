package io.azimuth.registration.odometry;

/**
 * Settings of the odometry.
 *
 * @param voxelM edge of the map's voxels, metres
 * @param maxRangeM points farther from the sensor are not used
 * @param minRangeM points nearer to the sensor (the vehicle itself) are not used
 */
public record OdometryConfig(double voxelM, double maxRangeM, double minRangeM) {
    public static OdometryConfig defaults() {
        return new OdometryConfig(1.0, 100, 2.5);
    }
}
