package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link LidarOdometry} needs to go on bit for bit where it stood. Immutable; successive
 * states share their key frames.
 *
 * @param sweeps sweeps taken in this segment
 * @param lastMidNanos mid-sweep of the last one
 * @param odomFromSensor its pose
 * @param twist motion (wx, wy, wz in rad/s, vx, vy, vz in m/s), sensor frame
 * @param held registrations that failed in a row
 * @param deviationM root mean square of how far poses lay from their prediction
 * @param keyFrames oldest first; the local map is a function of them alone
 * @param first the segment's first sweep until the second one tells how it moved
 */
public record OdometryState(
        long sweeps,
        long lastMidNanos,
        RigidTransform odomFromSensor,
        double[] twist,
        int held,
        double deviationM,
        List<KeyFrame> keyFrames,
        @Nullable ReducedSweep first) {
    public static final OdometryState EMPTY =
            new OdometryState(0, 0, RigidTransform.IDENTITY, new double[6], 0, 0, List.of(), null);
}
