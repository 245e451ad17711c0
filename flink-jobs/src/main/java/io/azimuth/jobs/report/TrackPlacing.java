package io.azimuth.jobs.report;

import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.tracking.Track;

/** Tracks in other frames than the odometry's. */
final class TrackPlacing {
    private TrackPlacing() {}

    static ScoredBox inSensor(long seq, Track track, RigidTransform sensorFromOdom) {
        return new ScoredBox(
                seq,
                Long.toString(track.id()),
                track.objectClass(),
                sensorFromOdom.map(track.box()),
                Math.max(0, Math.min(1, track.score())));
    }
}
