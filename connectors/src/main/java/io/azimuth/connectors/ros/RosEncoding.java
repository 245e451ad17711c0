package io.azimuth.connectors.ros;

/** How the fields of a message follow each other. */
public enum RosEncoding {
    /** ROS 1: little endian, no padding, 32-bit lengths before strings and arrays. */
    ROS1,

    /**
     * ROS 2: CDR (XCDR1) with an encapsulation header of four bytes, either byte order, numbers
     * aligned to their size counted from the byte after that header, strings with a closing zero.
     */
    CDR
}
