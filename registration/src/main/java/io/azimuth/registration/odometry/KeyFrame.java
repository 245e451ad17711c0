package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * A sweep that the local map is made of: its pose and its points, compensated for motion, in the
 * sensor's frame at mid-sweep. Immutable by agreement: the arrays are never written after
 * construction.
 *
 * @param odomFromSensor pose at mid-sweep
 * @param x in whole millimetres times {@link #STEP_MM}
 */
public record KeyFrame(RigidTransform odomFromSensor, short[] x, short[] y, short[] z) {
    /** Millimetres per unit of the coordinates. */
    public static final int STEP_MM = 4;

    public KeyFrame {
        if (x.length != y.length || x.length != z.length) {
            throw new IllegalArgumentException(
                    "key frame with columns of %d, %d and %d entries: expected equal lengths"
                            .formatted(x.length, y.length, z.length));
        }
    }

    /** The same points at a pose in another frame; the columns are shared. */
    public KeyFrame movedBy(RigidTransform otherFromOdom) {
        return new KeyFrame(otherFromOdom.times(odomFromSensor), x, y, z);
    }

    public int size() {
        return x.length;
    }
}
