package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;

/**
 * A box of the engine that is to be judged.
 *
 * @param sweep number of the sweep ({@code seq})
 * @param track identity over sweeps, empty for a detection that belongs to no track
 * @param box in the frame of the truth: LiDAR, mid-sweep
 * @param score in [0, 1]
 */
public record ScoredBox(
        long sweep, String track, ObjectClass objectClass, OrientedBox box, double score) {
    public ScoredBox {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score is " + score + ", expected 0 .. 1");
        }
    }
}
