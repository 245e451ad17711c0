package io.azimuth.registration.ume;

/** Why a registration was refused, or that it was not. */
public enum UmeReason {
    /** Accepted. */
    NONE,
    /** Fewer points than a pose can be found from. */
    TOO_FEW,
    /** A coordinate is NaN or infinite. */
    NON_FINITE,
    /** The points lie on a line, or on one spot. */
    RANK1,
    /** The points lie on one plane. */
    RANK2,
    /** No ground plane below the sensor, and the mode needs one. */
    NO_GROUND,
    /** Nothing stands on the ground that could be matched. */
    NO_STRUCTURE,
    /** Another pose, far from the best, explains the scans as well. */
    AMBIGUOUS,
    /** The best pose explains too little. */
    LOW_SCORE,
    /** Too small a share of the source lies on the target. */
    LOW_OVERLAP,
    /** The points that meet do not lie on common surfaces. */
    BAD_FIT,
    /** What overlaps does not fix the pose well enough. */
    UNCERTAIN,
    /** The pose puts source points where the target's rays passed. */
    FREE_SPACE
}
