package io.azimuth.connectors.drive;

import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Poses and boxes of one sensor's sweeps.
 *
 * @param firstFromSweep by sweep number: maps the sweep's LiDAR frame at mid-sweep into that of the
 *     sensor's first sweep; empty if unknown
 * @param boxes in the LiDAR frame at mid-sweep
 * @param labelledSweeps numbers of the sweeps that were labelled, those without anything to label
 *     included; detections of other sweeps cannot be judged
 * @param frontViewOnly whether only what the front camera sees is labelled, so that a detection
 *     elsewhere is not to be counted as false
 */
public record SensorTruth(
        SortedMap<Long, RigidTransform> firstFromSweep,
        List<LabelledBox> boxes,
        SortedSet<Long> labelledSweeps,
        boolean frontViewOnly) {

    public static final SensorTruth NONE =
            new SensorTruth(
                    Collections.emptySortedMap(), List.of(), Collections.emptySortedSet(), false);

    public SensorTruth {
        firstFromSweep = Collections.unmodifiableSortedMap(new TreeMap<>(firstFromSweep));
        boxes = List.copyOf(boxes);
        labelledSweeps = Collections.unmodifiableSortedSet(new TreeSet<>(labelledSweeps));
    }

    /** The same poses, and the labels of the sweeps {@code from} to before {@code to}. */
    public SensorTruth judging(long from, long to) {
        return new SensorTruth(
                firstFromSweep,
                boxes.stream().filter(b -> b.sweep() >= from && b.sweep() < to).toList(),
                labelledSweeps.subSet(from, to),
                frontViewOnly);
    }

    public boolean isEmpty() {
        return firstFromSweep.isEmpty() && !boxesKnown();
    }

    /** Whether any sweep was labelled. */
    public boolean boxesKnown() {
        return !labelledSweeps.isEmpty();
    }
}
