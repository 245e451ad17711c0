package io.azimuth.connectors.format;

import java.util.Locale;

/** How the data of a PCD file is stored. */
enum PcdEncoding {
    ASCII,
    /** Array of structs, little endian. */
    BINARY,
    /** Struct of arrays, LZF-compressed. */
    BINARY_COMPRESSED;

    /** The word that stands behind {@code DATA}. */
    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
