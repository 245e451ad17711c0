package io.azimuth.registration.odometry;

import java.util.List;

/**
 * All that a {@link LidarOdometry} needs to go on bit for bit where it stood. Immutable: arrays are
 * never written after construction, key frames are shared from one state to the next.
 *
 * @param sweeps registered in this segment so far
 * @param heldInRow sweeps since the last one that was registered
 * @param odomFromSensor pose of the last sweep, 3x4 row-major
 * @param twist motion of the sensor at the last sweep (wx, wy, wz, vx, vy, vz), sensor frame, rad/s
 *     and m/s
 * @param errorM running scale of the motion model's error, metres
 * @param keyFrames oldest first
 * @param unplaced the segment's first sweep until its motion is known: empty or one
 */
public record OdometryState(
        long lastSeq,
        long lastMidNanos,
        long sweeps,
        long heldInRow,
        double[] odomFromSensor,
        double[] twist,
        double errorM,
        List<KeyFrame> keyFrames,
        List<ReducedSweep> unplaced) {
    public static final OdometryState EMPTY =
            new OdometryState(
                    -1,
                    Long.MIN_VALUE,
                    0,
                    0,
                    new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0},
                    new double[6],
                    0.5,
                    List.of(),
                    List.of());

    public OdometryState {
        keyFrames = List.copyOf(keyFrames);
        unplaced = List.copyOf(unplaced);
    }
}
