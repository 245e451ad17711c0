package io.azimuth.perception.evaluation.motion;

import io.azimuth.perception.evaluation.ScoredBox;

/**
 * A track at one sweep with its motion over ground, both along the axes of the sensor at mid-sweep.
 *
 * @param stampNanos of mid-sweep
 * @param velocityX metres a second
 * @param velocityY metres a second
 * @param said whether the track says that it stands or moves
 */
public record MovingBox(
        ScoredBox box, long stampNanos, double velocityX, double velocityY, Said said) {
    /** What a track says of itself. */
    public enum Said {
        NOTHING,
        STANDS,
        MOVES
    }
}
