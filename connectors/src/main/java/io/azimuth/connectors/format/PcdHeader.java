package io.azimuth.connectors.format;

import java.util.List;

/**
 * The text header of a PCD 0.7 file.
 *
 * @param fields in file order, padding included
 * @param points rows of data
 * @param dataOffset first byte of the data
 * @param viewpoint the row behind {@code VIEWPOINT}, empty if absent
 */
record PcdHeader(
        List<Column> fields, int points, PcdEncoding encoding, int dataOffset, String viewpoint) {

    /** Bytes of one point. */
    int stride() {
        Column last = fields.get(fields.size() - 1);
        return last.offset() + last.bytes();
    }

    /** Elements of one point: words of an ASCII row. */
    int elements() {
        Column last = fields.get(fields.size() - 1);
        return last.index() + last.count();
    }

    /** Parses the lines up to and including {@code DATA}. */
    static PcdHeader parse(CloudBytes bytes) {
        return new PcdHeaderParser(bytes).parse();
    }
}
