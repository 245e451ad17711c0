package io.azimuth.connectors.format;

import java.util.Locale;

/** How the rows of a PLY file are written. */
enum PlyEncoding {
    ASCII,
    BINARY_LITTLE_ENDIAN,
    BINARY_BIG_ENDIAN;

    /** The word behind {@code format}. */
    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
