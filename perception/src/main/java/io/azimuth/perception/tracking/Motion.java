package io.azimuth.perception.tracking;

/** Whether an object moves over ground, as its points say. */
public enum Motion {
    /** Too few points, or they fit both. */
    UNKNOWN,
    /** Its points lie where they lay. */
    STATIC,
    /** Its points lie elsewhere than they lay. */
    MOVING
}
