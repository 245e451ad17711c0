package io.azimuth.registration.icp;

/** How far the pose of a {@link Refinement} can be relied on. */
public enum Status {
    /** The pose is a minimum, and the points observe all its directions. */
    ALIGNED,
    /** Some direction is not observed by the points: the pose keeps the guess's value there. */
    DEGENERATE,
    /** Too few source points lie near the target; the pose is not to be used. */
    NO_OVERLAP,
    /** The iterations ended before the steps became small. */
    NOT_CONVERGED
}
