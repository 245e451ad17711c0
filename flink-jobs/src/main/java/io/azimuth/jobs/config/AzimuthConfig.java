package io.azimuth.jobs.config;

import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.tracking.TrackerConfig;
import io.azimuth.registration.odometry.OdometryConfig;

/**
 * All settings of the engine.
 *
 * @param detector name of the detector, e.g. {@code geometric}
 * @param geometric the geometric detector
 * @param odometry registration of sweeps
 * @param tracker tracks from detections
 */
public record AzimuthConfig(
        String detector,
        GeometricDetectorConfig geometric,
        OdometryConfig odometry,
        TrackerConfig tracker) {
    public AzimuthConfig {
        if (!detector.equals("geometric")) {
            throw new IllegalArgumentException(
                    "detector is '" + detector + "', expected one of geometric");
        }
    }

    public static AzimuthConfig defaults() {
        return new AzimuthConfig(
                "geometric",
                GeometricDetectorConfig.defaults(),
                OdometryConfig.defaults(),
                TrackerConfig.defaults());
    }

    /** Whether a key can change the bytes of a result; where and how fast a job runs cannot. */
    static boolean isResultRelevant(String path) {
        return !path.startsWith("pipeline");
    }
}
