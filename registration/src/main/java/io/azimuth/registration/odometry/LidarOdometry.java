package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;

/** Odometry of one sensor. Not thread-safe. */
public final class LidarOdometry {
    private OdometryState state;

    public LidarOdometry(OdometryConfig config) {
        this(config, OdometryState.EMPTY);
    }

    private LidarOdometry(OdometryConfig config, OdometryState state) {
        this.state = state;
    }

    /** An odometry that goes on bit for bit where the one that gave {@code state} stood. */
    public static LidarOdometry resume(OdometryConfig config, OdometryState state) {
        return new LidarOdometry(config, state);
    }

    /** Registers the next sweep of the sensor; sweeps come in the order of their stamps. */
    public OdometryEstimate update(ReducedSweep sweep) {
        state = new OdometryState(sweep.seq(), sweep.midNanos());
        return new OdometryEstimate(
                sweep.seq(),
                sweep.midNanos(),
                RigidTransform.IDENTITY,
                new double[6],
                new double[36],
                0,
                0,
                0,
                false,
                true,
                true);
    }

    public OdometryState state() {
        return state;
    }
}
