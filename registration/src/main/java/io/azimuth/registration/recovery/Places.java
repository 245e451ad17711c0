package io.azimuth.registration.recovery;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.KeyFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which key frames are kept as places and in which order they are looked at. Stateless.
 *
 * <p>At most {@link #MOST} are kept, the last 100 m or so; a place is a key frame of at most 14 000
 * points of 6 bytes (a segment's first ones up to 30 000), so they take at most 2.2 MB.
 */
final class Places {
    static final int MOST = 20;

    private static final double STEP_M = 5;
    private static final double STEP_RAD = Math.toRadians(20);

    private Places() {}

    /** The places with this key frame added if it lies apart from the newest, else the same. */
    static List<Place> with(List<Place> places, long seq, KeyFrame frame) {
        if (!places.isEmpty()) {
            RigidTransform move =
                    pose(places.get(places.size() - 1)).inverse().times(frame.odomFromSensor());
            if (move.translationNorm() < STEP_M && move.angleRad() < STEP_RAD) {
                return places;
            }
        }
        int drop = Math.max(0, places.size() + 1 - MOST);
        List<Place> out = new ArrayList<>(places.subList(drop, places.size()));
        out.add(new Place(seq, frame));
        return List.copyOf(out);
    }

    /**
     * The place for attempt number {@code tried} when nothing is known: newest first, every second
     * one, then those between; then all over again.
     */
    static Place blind(List<Place> places, int tried) {
        int n = places.size();
        int k = tried % n;
        int evens = (n + 1) / 2;
        int back = k < evens ? 2 * k : 2 * (k - evens) + 1;
        return places.get(n - 1 - back);
    }

    /** The places nearest first to a pose; the newer one on a tie. */
    static List<Place> nearest(List<Place> places, RigidTransform odomFromSensor) {
        List<Place> out = new ArrayList<>(places);
        out.sort(
                Comparator.comparingDouble((Place p) -> distance(p, odomFromSensor))
                        .thenComparing(Comparator.comparingLong(Place::seq).reversed()));
        return out;
    }

    static RigidTransform pose(Place place) {
        return place.frame().odomFromSensor();
    }

    private static double distance(Place place, RigidTransform odomFromSensor) {
        RigidTransform p = pose(place);
        double dx = p.tx() - odomFromSensor.tx();
        double dy = p.ty() - odomFromSensor.ty();
        double dz = p.tz() - odomFromSensor.tz();
        return dx * dx + dy * dy + dz * dz;
    }
}
