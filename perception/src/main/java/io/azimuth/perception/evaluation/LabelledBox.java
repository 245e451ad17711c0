package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;

/**
 * A box of the truth, in the LiDAR's frame at mid-sweep.
 *
 * @param sweep number of the sweep ({@code seq})
 * @param track the object's identity in the drive, empty if unknown
 * @param objectClass mapped from the data set's own class
 * @param points LiDAR points inside, or -1 if not counted
 */
public record LabelledBox(
        long sweep, String track, ObjectClass objectClass, OrientedBox box, int points) {}
