package io.azimuth.perception.simulation;

/** Where the road users' sizes are drawn from. */
public enum SizeRegion {
    EUROPE,
    /** Cars about 0.7 m longer, with many pick-ups. */
    UNITED_STATES
}
