package io.azimuth.perception.evaluation.motion;

import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Velocities over ground of labelled objects: the difference of their places at the sweeps before
 * and after (or the one that there is), which labels and poses of the sweeps give. Immutable.
 */
final class TrueVelocities {
    private record Key(String track, long sweep) {}

    /** Where an object was, in the first sweep's frame. */
    private record Place(OrientedBox box, long stampNanos) {}

    private final Map<Key, Place> places = new HashMap<>(); // asked, never iterated
    private final Map<Long, RigidTransform> firstFromSweep;

    /**
     * @param stamps nanoseconds of mid-sweep by sweep
     */
    TrueVelocities(
            List<LabelledBox> truth,
            Map<Long, RigidTransform> firstFromSweep,
            Map<Long, Long> stamps) {
        this.firstFromSweep = firstFromSweep;
        for (LabelledBox b : truth) {
            RigidTransform placing = firstFromSweep.get(b.sweep());
            Long stamp = stamps.get(b.sweep());
            if (placing != null && stamp != null && !b.track().isEmpty()) {
                places.put(new Key(b.track(), b.sweep()), new Place(placing.map(b.box()), stamp));
            }
        }
    }

    /** Along x and y of the sensor at the box's sweep, metres a second; null if not known. */
    double @Nullable [] of(LabelledBox box) {
        RigidTransform firstFromSensor = firstFromSweep.get(box.sweep());
        Place at = place(box, 0);
        if (firstFromSensor == null || at == null) {
            return null;
        }
        Place before = place(box, -1);
        Place after = place(box, 1);
        Place from = before == null ? at : before;
        Place to = after == null ? at : after;
        if (from == to) {
            return null;
        }
        double seconds = 1e-9 * (to.stampNanos() - from.stampNanos());
        double vx = (to.box().x() - from.box().x()) / seconds;
        double vy = (to.box().y() - from.box().y()) / seconds;
        RigidTransform r = firstFromSensor.inverse();
        return new double[] {
            r.r(0, 0) * vx + r.r(0, 1) * vy, r.r(1, 0) * vx + r.r(1, 1) * vy,
        };
    }

    private @Nullable Place place(LabelledBox box, int sweepsLater) {
        return places.get(new Key(box.track(), box.sweep() + sweepsLater));
    }
}
