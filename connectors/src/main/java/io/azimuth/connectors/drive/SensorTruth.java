package io.azimuth.connectors.drive;

import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Poses and boxes of one sensor's sweeps.
 *
 * @param firstFromSweep by sweep number: maps the sweep's LiDAR frame at mid-sweep into that of the
 *     sensor's first sweep; empty if unknown
 * @param boxes in the LiDAR frame at mid-sweep
 * @param boxesKnown whether the sweeps were labelled at all: true with no boxes means that there
 *     was nothing to label
 * @param frontViewOnly whether only what the front camera sees is labelled, so that a detection
 *     elsewhere is not to be counted as false
 */
public record SensorTruth(
        SortedMap<Long, RigidTransform> firstFromSweep,
        List<LabelledBox> boxes,
        boolean boxesKnown,
        boolean frontViewOnly) {

    public static final SensorTruth NONE =
            new SensorTruth(Collections.emptySortedMap(), List.of(), false, false);

    public SensorTruth {
        firstFromSweep = Collections.unmodifiableSortedMap(new TreeMap<>(firstFromSweep));
        boxes = List.copyOf(boxes);
    }

    public boolean isEmpty() {
        return firstFromSweep.isEmpty() && !boxesKnown;
    }
}
