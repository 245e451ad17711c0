package io.azimuth.jobs.recovery;

/** What happens to the vehicle. */
enum Trial {
    /** Carried 20 m back, to where it has been, and turned by 90 degrees. */
    JUMP_BACK,
    /** Carried 20 m ahead, to where it has not been, and turned by 90 degrees. */
    JUMP_AHEAD,
    /** Drives on unseen for 3 s. */
    GAP,
    /** Carried to another town: can only be lost. */
    OTHER_TOWN
}
