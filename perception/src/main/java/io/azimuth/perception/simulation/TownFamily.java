package io.azimuth.perception.simulation;

/** Which generator draws streets, buildings and road users. */
public enum TownFamily {
    /** What everything is trained and calibrated on. */
    A,
    /**
     * Held out: other street plans, buildings and bodies, to judge what was learned on {@link #A}.
     * Never train or calibrate on it.
     */
    B
}
