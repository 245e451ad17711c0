package io.azimuth.perception.geometry;

import java.util.Comparator;

/**
 * An object found in one sweep.
 *
 * @param box in the sensor's frame at the instant when the object was measured
 * @param objectClass what it is
 * @param score calibrated probability that it is such an object, in [0, 1]
 * @param headingKnown false if the box may as well point the other way (yaw + pi)
 * @param points number of points that the box is based on
 * @param timeOffsetNanos when the object was measured, as an offset to the sweep's start
 */
public record Detection(
        OrientedBox box,
        ObjectClass objectClass,
        double score,
        boolean headingKnown,
        int points,
        long timeOffsetNanos) {
    /** A detector's order: best score first, then by place. */
    public static final Comparator<Detection> ORDER =
            Comparator.comparingDouble((Detection d) -> -d.score())
                    .thenComparingDouble(d -> d.box().x())
                    .thenComparingDouble(d -> d.box().y());

    public Detection {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score is " + score + ", expected 0 .. 1");
        }
        if (points < 0) {
            throw new IllegalArgumentException("points is " + points + ", expected 0 or more");
        }
    }

    /**
     * The box in the sensor's frame as of another instant, for a sensor that moves by a constant
     * twist meanwhile: {@code exp(twist (t - instant)) box}. Labels and poses hold at mid-sweep.
     *
     * @param instantOffsetNanos the instant, as an offset to the sweep's start
     * @param twist of the sensor a second, as {@link RigidTransform#exp} takes it
     */
    public OrientedBox boxAsOf(long instantOffsetNanos, double[] twist) {
        double seconds = 1e-9 * (timeOffsetNanos - instantOffsetNanos);
        double[] moved = new double[6];
        for (int i = 0; i < 6; i++) {
            moved[i] = twist[i] * seconds;
        }
        return RigidTransform.exp(moved).map(box);
    }
}
