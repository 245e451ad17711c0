package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;

/**
 * The truth about one object in one sweep.
 *
 * @param objectId number of the object in its drive; also the label of its points
 * @param objectClass what it is
 * @param box tight, in the LiDAR's frame at mid-sweep
 * @param velocityX along the world's x axis at mid-sweep, metres a second
 * @param velocityY along the world's y axis
 * @param velocityZ along the world's z axis
 * @param points of this sweep that lie on it
 */
public record TruthBox(
        int objectId,
        ObjectClass objectClass,
        OrientedBox box,
        double velocityX,
        double velocityY,
        double velocityZ,
        int points) {
    /** Identity of the object in its drive, e.g. {@code car-0042}. */
    public String trackId() {
        return "%s-%04d".formatted(objectClass.label(), objectId);
    }
}
