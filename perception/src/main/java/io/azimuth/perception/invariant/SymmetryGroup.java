package io.azimuth.perception.invariant;

/** The motions of a crop, sensor included, that must not change what is recognised. */
public enum SymmetryGroup {
    /** None: the network sees the crop as it lies. */
    NONE,
    /** Rotations about the crop's up direction. */
    YAW,
    /** All rotations. */
    SO3,
    /** All rotations and mirror images. */
    O3
}
