package io.azimuth.perception.geometry;

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
    public Detection {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score is " + score + ", expected 0 .. 1");
        }
        if (points < 0) {
            throw new IllegalArgumentException("points is " + points + ", expected 0 or more");
        }
    }
}
