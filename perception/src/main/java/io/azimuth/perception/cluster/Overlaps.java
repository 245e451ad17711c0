package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.BoxOverlap;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.List;

/** Two things cannot stand in one place: the weaker of two overlapping boxes goes. */
final class Overlaps {
    /** Share of the smaller footprint that may be covered. */
    private static final double MAX_COVERED = 0.3;

    private Overlaps() {}

    /**
     * Detections without those covered by one before them.
     *
     * @param found in the result's total order (score descending), which is kept
     */
    static List<Detection> suppressed(List<Detection> found) {
        List<Detection> kept = new ArrayList<>(found.size());
        for (Detection candidate : found) {
            boolean covered = false;
            for (int j = 0; j < kept.size() && !covered; j++) {
                covered = overlap(candidate, kept.get(j));
            }
            if (!covered) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    private static boolean overlap(Detection a, Detection b) {
        OrientedBox p = a.box();
        OrientedBox q = b.box();
        double smaller = Math.min(p.length() * p.width(), q.length() * q.width());
        return BoxOverlap.footprintIntersection(p, q) > MAX_COVERED * smaller;
    }
}
