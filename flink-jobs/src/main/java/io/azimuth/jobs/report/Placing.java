package io.azimuth.jobs.report;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;

/**
 * Moves the points of one sweep from where each was measured to a frame at mid-sweep: {@code target
 * exp(twist (t - t_mid)) p}. The exponential is tabulated in {@link #STEPS} parts of the sweep.
 * Reusable; not thread-safe.
 */
final class Placing {
    private static final int STEPS = 128;

    private final RigidTransform[] table = new RigidTransform[STEPS + 1];
    private double stepsPerNano;
    double x;
    double y;
    double z;

    /**
     * Prepares for the points of a sweep.
     *
     * @param targetFromSensor where mid-sweep lies
     * @param twist of the sensor per second; zeros for points that are compensated already
     */
    void prepare(RigidTransform targetFromSensor, double[] twist, long durationNanos) {
        for (int k = 0; k <= STEPS; k++) {
            double seconds = 1e-9 * durationNanos * (k / (double) STEPS - 0.5);
            table[k] = targetFromSensor.times(RigidTransform.exp(MidSweep.scaled(twist, seconds)));
        }
        stepsPerNano = STEPS / (double) durationNanos;
    }

    /** Sets x, y and z to the place of a point. */
    void place(PointCloud cloud, int i) {
        int k = STEPS / 2;
        if (cloud.hasTime()) {
            long at = Math.round(cloud.timeOffsetNanos()[i] * stepsPerNano);
            k = (int) Math.max(0, Math.min(STEPS, at));
        }
        RigidTransform t = table[k];
        double px = cloud.x()[i];
        double py = cloud.y()[i];
        double pz = cloud.z()[i];
        x = t.mapX(px, py, pz);
        y = t.mapY(px, py, pz);
        z = t.mapZ(px, py, pz);
    }
}
