package io.azimuth.jobs.report;

import io.azimuth.jobs.report.RunResult.PoseRow;
import io.azimuth.perception.evaluation.Trajectory;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The way of one sensor through a run, all segments of its odometry chained into the frame of the
 * first sweep. Where odometry began anew, the sensor is taken to have moved on as before, at most
 * for {@link #MAX_CARRY_SECONDS}.
 */
final class SensorPath {
    static final double MAX_CARRY_SECONDS = 10;

    /** A pose with its segment's place: {@code firstFromSensor = firstFromOdom odomFromSensor}. */
    record Place(PoseRow row, RigidTransform firstFromOdom, RigidTransform firstFromSensor) {}

    private final TreeMap<Long, Place> bySeq = new TreeMap<>();
    private final TreeMap<Long, Place> byStamp = new TreeMap<>();
    private int restarts;

    private SensorPath() {}

    static SensorPath of(RunResult result, String sensorId) {
        List<PoseRow> rows = new ArrayList<>();
        for (PoseRow row : result.poses()) {
            if (row.sensorId().equals(sensorId)) {
                rows.add(row);
            }
        }
        rows.sort(Comparator.comparingLong(PoseRow::seq)); // stable: the first of equals stays
        SensorPath path = new SensorPath();
        Place last = null;
        for (PoseRow row : rows) {
            if (last == null || row.seq() > last.row.seq()) {
                last = path.add(last, row);
            }
        }
        return path;
    }

    private Place add(@Nullable Place last, PoseRow row) {
        RigidTransform firstFromOdom;
        if (last == null) {
            firstFromOdom = row.odomFromSensor().inverse();
        } else if (row.discontinuity()) {
            restarts++;
            firstFromOdom = carried(last, row.stampNanos()).times(row.odomFromSensor().inverse());
        } else {
            firstFromOdom = last.firstFromOdom;
        }
        Place place = new Place(row, firstFromOdom, firstFromOdom.times(row.odomFromSensor()));
        bySeq.put(row.seq(), place);
        byStamp.put(row.stampNanos(), place);
        return place;
    }

    private static RigidTransform carried(Place last, long stampNanos) {
        double passed = 1e-9 * (stampNanos - last.row.stampNanos());
        double seconds = Math.max(0, Math.min(MAX_CARRY_SECONDS, passed));
        return last.firstFromSensor.times(
                RigidTransform.exp(MidSweep.scaled(last.row.twist(), seconds)));
    }

    boolean isEmpty() {
        return bySeq.isEmpty();
    }

    /** How often odometry began anew after the first sweep. */
    int restarts() {
        return restarts;
    }

    @Nullable Place at(long seq) {
        return bySeq.get(seq);
    }

    /** The last place up to this instant, or the first one of all; null if the path is empty. */
    @Nullable Place upTo(long stampNanos) {
        Map.Entry<Long, Place> entry = byStamp.floorEntry(stampNanos);
        if (entry == null) {
            entry = byStamp.firstEntry();
        }
        return entry == null ? null : entry.getValue();
    }

    /** Places by sweep number. */
    SortedMap<Long, Place> places() {
        return bySeq;
    }

    /** By sweep number. */
    Trajectory bySweep() {
        return trajectory(bySeq);
    }

    /** By stamp. */
    Trajectory byStamp() {
        return trajectory(byStamp);
    }

    private static Trajectory trajectory(TreeMap<Long, Place> places) {
        List<RigidTransform> poses = new ArrayList<>(places.size());
        places.values().forEach(p -> poses.add(p.firstFromSensor));
        return new Trajectory(places.keySet().stream().mapToLong(Long::longValue).toArray(), poses);
    }

    /**
     * A pose for each of these sweeps: where one has none, on the screw between its neighbours; at
     * the ends the nearest one. Empty if the path is.
     */
    List<RigidTransform> dense(List<Long> sweeps) {
        List<RigidTransform> out = new ArrayList<>(sweeps.size());
        for (long seq : sweeps) {
            Map.Entry<Long, Place> before = bySeq.floorEntry(seq);
            Map.Entry<Long, Place> after = bySeq.ceilingEntry(seq);
            if (before != null && after != null) {
                out.add(between(before, after, seq));
            } else if (before != null) {
                out.add(before.getValue().firstFromSensor);
            } else if (after != null) {
                out.add(after.getValue().firstFromSensor);
            }
        }
        return out;
    }

    private static RigidTransform between(
            Map.Entry<Long, Place> before, Map.Entry<Long, Place> after, long seq) {
        RigidTransform a = before.getValue().firstFromSensor;
        long gap = after.getKey() - before.getKey();
        if (gap == 0) {
            return a;
        }
        RigidTransform step = a.inverse().times(after.getValue().firstFromSensor);
        return a.times(step.power((seq - before.getKey()) / (double) gap));
    }
}
