package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.tracking.MultiObjectTracker;
import io.azimuth.perception.tracking.Observation;
import io.azimuth.perception.tracking.Track;
import io.azimuth.perception.tracking.TrackerConfig;
import io.azimuth.perception.tracking.TrackerState;
import java.util.List;

/**
 * Tracks in one vehicle's odometry frame, which is that of its primary sensor; sweeps of the others
 * are placed by the primary's latest pose, its twist and the mountings. Takes sweeps in event
 * order. Knows no Flink type. Not thread-safe.
 */
final class VehicleTracker {
    private final TrackerConfig config;
    private MultiObjectTracker tracker;
    private String primarySensor;
    private RigPose pose;
    private long lastStampNanos;
    private long lastSeenNanos;

    /** Goes on where {@code state} stood. */
    VehicleTracker(TrackerConfig config, VehicleState state) {
        this.config = config;
        this.tracker = MultiObjectTracker.resume(config, state.tracker());
        this.primarySensor = state.primarySensor();
        this.pose = state.pose();
        this.lastStampNanos = state.lastStampNanos();
        this.lastSeenNanos = state.lastSeenNanos();
    }

    /** What came of a sweep. */
    sealed interface Outcome permits Tracked, Unplaced, Failed {}

    /** The confirmed tracks at {@code stampNanos}. */
    record Tracked(long stampNanos, List<Track> tracks) implements Outcome {}

    /** The primary sensor has no pose near this instant. */
    record Unplaced() implements Outcome {}

    /** The tracker threw; it starts without tracks at the next sweep. */
    record Failed(RuntimeException fault) implements Outcome {}

    boolean hasPrimary() {
        return !primarySensor.isEmpty();
    }

    void choosePrimary(String sensorId) {
        primarySensor = sensorId;
    }

    Outcome take(PlacedSweep sweep) {
        lastSeenNanos = Math.max(lastSeenNanos, sweep.tag().endNanos());
        boolean primary = sweep.sensorId().equals(primarySensor);
        if (primary) {
            if (sweep.discontinuity() && pose.stampNanos() != Long.MIN_VALUE) {
                restart(); // tracks of the old odometry frame mean nothing in the new one
            }
            pose =
                    new RigPose(
                            sweep.stampNanos(),
                            sweep.odomFromSensor(),
                            sweep.twist(),
                            sweep.egoFromSensor());
        }
        // sweeps of unequal length may end in another order than their middles lie
        long stamp = Math.max(sweep.stampNanos(), lastStampNanos);
        if (!pose.covers(stamp)) {
            return new Unplaced();
        }
        try {
            List<Track> tracks = tracker.update(observation(sweep, primary, stamp));
            lastStampNanos = stamp;
            return new Tracked(stamp, tracks);
        } catch (RuntimeException e) {
            restart();
            return new Failed(e);
        }
    }

    private Observation observation(PlacedSweep sweep, boolean primary, long stamp) {
        RigidTransform egoFromSensor = RigidTransform.ofRows(sweep.egoFromSensor());
        return new Observation(
                sweep.sensorId(),
                stamp,
                sweep.tag().startNanos(),
                primary ? pose.odomFromPrimaryAt(stamp) : pose.odomFromSensor(stamp, egoFromSensor),
                primary ? pose.twist().clone() : pose.twistOfSensor(egoFromSensor),
                sweep.detections());
    }

    private void restart() {
        TrackerState fresh = TrackerStateForm.restarted(tracker.state());
        tracker = MultiObjectTracker.resume(config, fresh);
        lastStampNanos = Long.MIN_VALUE;
    }

    /** Whether nothing came for an hour before {@code endMillis}. */
    boolean isIdleAt(long endMillis) {
        return lastSeenNanos / 1_000_000 + OdometryOperator.IDLE_MILLIS <= endMillis;
    }

    VehicleState state() {
        return new VehicleState(
                primarySensor, pose, lastStampNanos, lastSeenNanos, tracker.state());
    }
}
