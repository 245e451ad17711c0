package io.azimuth.registration.recovery;

import io.azimuth.registration.odometry.OdometryEstimate;
import org.jspecify.annotations.Nullable;

/**
 * A sweep's pose and what is thought of it.
 *
 * @param reason why the verdict is what it is, one word of {@link Reason}
 * @param sighting the place that the verdict rests on, if it rests on one
 */
public record JudgedPose(
        OdometryEstimate estimate,
        PoseVerdict verdict,
        Reason reason,
        @Nullable Sighting sighting) {

    /** Causes of a verdict. */
    public enum Reason {
        /** Nothing out of the ordinary. */
        NONE,
        /** Sweeps were missing, and the prediction was not confirmed. */
        GAP,
        /** Sweeps were missing; the prediction held, and a place confirms it. */
        GAP_BRIDGED,
        /** From one sweep to the next the map no longer fits. */
        JUMP,
        /** Some direction was not observed for long. */
        DEGENERATE_STRETCH,
        /** A short gap that no place could confirm; the fit is good. */
        GAP_UNCONFIRMED
    }

    /** Whether tracks made at earlier poses mean nothing at this one. */
    public boolean breaksTracks() {
        return estimate.discontinuity() || verdict == PoseVerdict.RECOVERED && jumped();
    }

    private boolean jumped() {
        return reason == Reason.JUMP || reason == Reason.GAP;
    }
}
