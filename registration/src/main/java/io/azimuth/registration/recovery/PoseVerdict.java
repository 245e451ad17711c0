package io.azimuth.registration.recovery;

/** How far a pose can be trusted. */
public enum PoseVerdict {
    /** A segment's first sweeps: the motion is not settled and the map is thin. */
    INITIALISING,
    /** The sweep fits the map. */
    TRACKING,
    /** Fits, but some direction is not observed and follows the motion model. */
    DEGENERATE,
    /** Did not fit this once: the motion model's pose. */
    HELD,
    /** Lost the map and looks for it: a guess, with a covariance to match. */
    RECOVERING,
    /** Found the map again, in the frame as before; poses hold from here on. */
    RECOVERED,
    /** Did not find it in time: a new frame begins, nothing ties it to the old one. */
    LOST
}
