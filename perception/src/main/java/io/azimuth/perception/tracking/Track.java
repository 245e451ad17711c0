package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;

/**
 * An object followed over time.
 *
 * @param id unique in the vehicle's run, from 1, never reused
 * @param box in the odometry frame at the stamp of the update that returned it
 * @param velocityX metres a second along the odometry frame's x
 * @param velocityY metres a second along the odometry frame's y
 * @param score probability that the object exists, in [0, 1]
 * @param headingKnown false while the box may point either way
 * @param hits detections that it is built from
 * @param missed updates since the last one of them
 * @param motion whether it moves, as its points said last
 */
public record Track(
        long id,
        ObjectClass objectClass,
        OrientedBox box,
        double velocityX,
        double velocityY,
        double score,
        boolean headingKnown,
        int hits,
        int missed,
        Motion motion) {}
