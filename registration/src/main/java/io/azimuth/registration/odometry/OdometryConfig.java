package io.azimuth.registration.odometry;

/**
 * Settings of the odometry.
 *
 * @param voxelM edge of the map's voxels, metres
 * @param maxRangeM points farther from the sensor are not used
 * @param minRangeM points nearer to the sensor (the vehicle itself) are not used
 * @param reduceM edge of the voxels that thin a sweep, metres
 * @param registerM edge of the voxels that thin a reduced sweep for registration, metres
 * @param keyFrameM a key frame joins the map when the sensor moved this far, metres
 * @param keyFrameRad or turned this far
 * @param keyFrames how many key frames the map holds
 */
public record OdometryConfig(
        double voxelM,
        double maxRangeM,
        double minRangeM,
        double reduceM,
        double registerM,
        double keyFrameM,
        double keyFrameRad,
        int keyFrames) {
    public OdometryConfig {
        check("voxelM", voxelM, 0.1, 10);
        check("maxRangeM", maxRangeM, 5, 250);
        check("minRangeM", minRangeM, 0, maxRangeM);
        check("reduceM", reduceM, 0.05, 5);
        check("registerM", registerM, 0.05, 5);
        check("keyFrameM", keyFrameM, 0, 50);
        check("keyFrameRad", keyFrameRad, 0, Math.PI);
        check("keyFrames", keyFrames, 1, 46); // 46 frames of 84 kB are the 4 MB that state may have
    }

    public static OdometryConfig defaults() {
        return new OdometryConfig(1.0, 100, 2.5, 0.3, 0.6, 1.0, Math.toRadians(10), 30);
    }

    private static void check(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    "odometry setting %s is %s, expected %s .. %s"
                            .formatted(name, value, low, high));
        }
    }
}
