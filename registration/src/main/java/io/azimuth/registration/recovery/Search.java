package io.azimuth.registration.recovery;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;

/**
 * A search that is under way. Immutable.
 *
 * @param cause what began it
 * @param lastGoodNanos mid-sweep of the last pose that was believed
 * @param sinceNanos mid-sweep of the first sweep of the search
 * @param odomFromProbe best guess of where the probe's frame lies in the lost one
 * @param tried places looked at in vain
 * @param sightings oldest first
 */
public record Search(
        JudgedPose.Reason cause,
        long lastGoodNanos,
        long sinceNanos,
        RigidTransform odomFromProbe,
        int tried,
        List<Sighting> sightings) {
    public Search {
        sightings = List.copyOf(sightings);
    }

    /** Whether the old frame simply goes on if nothing is found. */
    boolean optional() {
        return cause == JudgedPose.Reason.DEGENERATE_STRETCH;
    }

    Search withoutSuccess() {
        return new Search(cause, lastGoodNanos, sinceNanos, odomFromProbe, tried + 1, sightings);
    }

    Search with(Sighting seen) {
        List<Sighting> out = new ArrayList<>(sightings);
        out.add(seen);
        RigidTransform guess = optional() ? odomFromProbe : seen.odomFromProbe();
        return new Search(cause, lastGoodNanos, sinceNanos, guess, tried, out);
    }
}
