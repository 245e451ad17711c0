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
        List<Field> fields, int points, PcdEncoding encoding, int dataOffset, String viewpoint) {

    /**
     * One field of a point.
     *
     * @param type I, U or F
     * @param size bytes of one element
     * @param count elements
     * @param offset bytes from the point's start
     * @param index number of elements before it
     */
    record Field(String name, char type, int size, int count, int offset, int index) {
        int bytes() {
            return size * count;
        }
    }

    /** Bytes of one point. */
    int stride() {
        Field last = fields.get(fields.size() - 1);
        return last.offset() + last.bytes();
    }

    /** Elements of one point: words of an ASCII row. */
    int elements() {
        Field last = fields.get(fields.size() - 1);
        return last.index() + last.count();
    }

    /** Parses the lines up to and including {@code DATA}. */
    static PcdHeader parse(CloudBytes bytes) {
        return new PcdHeaderParser(bytes).parse();
    }
}
