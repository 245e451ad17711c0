package io.azimuth.perception.evaluation.places;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Counts the places in the world of boxes: one wall gives thirty false boxes but few places. */
public final class DistinctPlaces {
    /** Boxes of a group closer than this to the first of a place belong to it, metres. */
    static final double REACH_M = 2;

    private record Place(ClassGroup group, double x, double y) {}

    private DistinctPlaces() {}

    /**
     * Number of places; boxes of sweeps without pose and of no group are left out.
     *
     * @param firstFromSweep pose of each sweep
     */
    public static int count(List<ScoredBox> boxes, SortedMap<Long, RigidTransform> firstFromSweep) {
        Map<Long, RigidTransform> poses = firstFromSweep;
        List<ScoredBox> ordered = new ArrayList<>(boxes);
        ordered.sort(
                Comparator.comparingLong(ScoredBox::sweep)
                        .thenComparingDouble(b -> b.box().x())
                        .thenComparingDouble(b -> b.box().y()));
        List<Place> places = new ArrayList<>();
        for (ScoredBox b : ordered) {
            RigidTransform pose = poses.get(b.sweep());
            ClassGroup group = ClassGroup.of(b.objectClass());
            if (pose == null || group == null) {
                continue;
            }
            OrientedBox there = pose.map(b.box());
            Place here = new Place(group, there.x(), there.y());
            if (places.stream().noneMatch(p -> same(p, here))) {
                places.add(here);
            }
        }
        return places.size();
    }

    private static boolean same(Place a, Place b) {
        return a.group == b.group && Math.hypot(a.x - b.x, a.y - b.y) <= REACH_M;
    }
}
