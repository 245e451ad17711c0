package io.azimuth.registration.ume;

/** What is taken to be known of the vertical. */
public enum UmeMode {
    /** {@link #GRAVITY} where both scans show the ground below their sensor, else {@link #FREE}. */
    AUTO,
    /** Mode G: both scans are levelled by the ground they show; yaw and shift are sought. */
    GRAVITY,
    /** Mode S: nothing is known; all of SO(3) and the shift are sought. Slower and weaker. */
    FREE
}
