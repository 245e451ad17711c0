package io.azimuth.jobs.pipeline;

import io.azimuth.perception.tracking.TrackerState;

/**
 * Keyed state of a vehicle. Immutable.
 *
 * @param primarySensor the sensor whose odometry frame is the vehicle's; empty while undecided
 * @param pose the primary sensor's latest pose, or {@link RigPose#NONE}
 * @param lastStampNanos instant of the last tracked sweep
 * @param lastSeenNanos end of the latest sweep that came, tracked or not
 */
record VehicleState(
        String primarySensor,
        RigPose pose,
        long lastStampNanos,
        long lastSeenNanos,
        TrackerState tracker) {
    static final VehicleState EMPTY =
            new VehicleState("", RigPose.NONE, Long.MIN_VALUE, Long.MIN_VALUE, TrackerState.EMPTY);
}
