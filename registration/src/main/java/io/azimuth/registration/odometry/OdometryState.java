package io.azimuth.registration.odometry;

/** All that a {@link LidarOdometry} needs to go on bit for bit where it stood. Immutable. */
public record OdometryState(long lastSeq, long lastMidNanos) {
    public static final OdometryState EMPTY = new OdometryState(-1, Long.MIN_VALUE);
}
