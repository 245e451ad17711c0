package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * The pose of one sweep.
 *
 * @param stampNanos the instant that the pose holds for: mid-sweep
 * @param odomFromSensor pose in the frame of the segment's first sweep
 * @param twist motion during the sweep (wx, wy, wz in rad/s, vx, vy, vz in m/s), sensor frame
 * @param covariance 6x6 row-major, order (rotation, translation), sensor frame, rad and m
 * @param inlierRatio share of the points that found a correspondence, in [0, 1]
 * @param rmseM root mean square of the inliers' residuals
 * @param degenerate some direction is not observed and follows the motion model
 * @param discontinuity the segment starts anew here (first sweep, or a gap in time)
 * @param held registration failed, the pose is the motion model's
 */
public record OdometryEstimate(
        long seq,
        long stampNanos,
        RigidTransform odomFromSensor,
        double[] twist,
        double[] covariance,
        double inlierRatio,
        double rmseM,
        int iterations,
        boolean degenerate,
        boolean discontinuity,
        boolean held) {}
