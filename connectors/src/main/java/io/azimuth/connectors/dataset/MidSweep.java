package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;

/** Brings points from where the sensor was when it measured them to where it was at mid-sweep. */
final class MidSweep {
    private static final int STEPS = 256; // of a sweep, in each of which the sensor stands

    private MidSweep() {}

    /**
     * Fills {@code cloud} with x, y, z and intensity, point by point.
     *
     * @param durationNanos of the sweep
     * @param twist of the sensor over the sweep, in its own frame (wx, wy, wz, vx, vy, vz)
     */
    static void bring(PointCloud from, double durationNanos, double[] twist, PointCloud cloud) {
        RigidTransform[] midFromSensor = new RigidTransform[STEPS + 1];
        for (int k = 0; k <= STEPS; k++) {
            double[] part = new double[6];
            for (int i = 0; i < 6; i++) {
                part[i] = ((double) k / STEPS - 0.5) * twist[i];
            }
            midFromSensor[k] = RigidTransform.exp(part);
        }
        cloud.clear();
        cloud.ensureCapacity(from.size());
        for (int i = 0; i < from.size(); i++) {
            int k = (int) Math.rint(from.timeOffsetNanos()[i] / durationNanos * STEPS);
            RigidTransform pose = midFromSensor[Math.max(0, Math.min(STEPS, k))];
            double x = from.x()[i];
            double y = from.y()[i];
            double z = from.z()[i];
            cloud.add(
                    (float) pose.mapX(x, y, z),
                    (float) pose.mapY(x, y, z),
                    (float) pose.mapZ(x, y, z),
                    from.intensity()[i]);
        }
    }
}
