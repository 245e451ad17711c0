package io.azimuth.connectors.wire;

/** Why a record value is no usable sweep; the code that a dead letter carries. */
public enum SweepFault {
    /** The value ends inside a field, or fewer bytes of points came than the header declares. */
    TRUNCATED,
    /** No protobuf message of type {@code Sweep}, or one without sensor, vehicle or drive. */
    NOT_A_SWEEP,
    /** Written by a later revision of the format. */
    UNSUPPORTED_VERSION,
    /** The sender could not read the sweep and said so. */
    UNREADABLE_SOURCE,
    /** No value, or a sweep without a point. */
    EMPTY,
    /** Value, decompressed length or point count beyond the limits of the contract. */
    TOO_LARGE,
    /** Start and end do not enclose one rotation. */
    BAD_TIMES,
    /** Sector, mounting or beam table cannot be what they claim to be. */
    BAD_CALIBRATION,
    /** Encoding, compression, column or column type that this reader does not know. */
    UNKNOWN_ENCODING,
    /** Counts, columns and lengths contradict each other. */
    LENGTH_MISMATCH,
    /** The checksum differs from that of the bytes. */
    BAD_CRC,
    /** The checksum holds but the bytes do not decompress to what was declared. */
    BAD_COMPRESSION,
    /** Points there are, but none with finite coordinates. */
    NON_FINITE_ONLY
}
