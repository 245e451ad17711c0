package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.Sweep;

/** Thins a sweep to what odometry needs. One instance per thread; buffers are reused. */
public final class SweepReducer {
    public SweepReducer(OdometryConfig config) {}

    /** The reduced sweep; arrays are fresh and owned by the result. */
    public ReducedSweep reduce(Sweep sweep) {
        return new ReducedSweep(
                sweep.seq(),
                sweep.startNanos(),
                sweep.endNanos(),
                sweep.points().hasTime(),
                0.004f,
                new short[0],
                new short[0],
                new short[0],
                new short[0]);
    }
}
