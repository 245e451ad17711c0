package io.azimuth.connectors.wire;

/** How the points of a sweep are laid out on the wire. */
public enum SweepEncoding {
    /**
     * Ring grid of a sensor with a known beam table: azimuth u16 (2 pi / 65536), range u16 (4 mm),
     * intensity u8. Points come back ring by ring in firing order, their times as the times of
     * their columns.
     */
    SPHERICAL_U16,
    /** x, y, z in whole steps of some millimetres, intensity u8, ring and time where present. */
    XYZ_I16,
    /** x, y, z, intensity as they are, ring and time where present: lossless. */
    XYZ_F32
}
