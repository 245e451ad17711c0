package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.List;

/**
 * A sweep and the truth about it. Nothing in it is reused by the drive: the receiver may keep it.
 *
 * @param sweep points in measuring order (column by column, top beam first), with ring and time
 * @param worldFromSensor the sensor at mid-sweep
 * @param firstFromSensor the same relative to the sensor's own first sweep at its middle
 * @param boxes of all objects that were hit or whose centre is within the sensor's range, by object
 *     id; those that nothing of was seen have 0 points
 * @param pointLabels one a point: the object's id, or {@link Surface#label()} (negative)
 */
public record SimulatedSweep(
        Sweep sweep,
        RigidTransform worldFromSensor,
        RigidTransform firstFromSensor,
        List<TruthBox> boxes,
        int[] pointLabels) {
    public SimulatedSweep {
        boxes = List.copyOf(boxes);
        if (pointLabels.length != sweep.points().size()) {
            throw new IllegalArgumentException(
                    "%d labels for %d points".formatted(pointLabels.length, sweep.points().size()));
        }
    }
}
