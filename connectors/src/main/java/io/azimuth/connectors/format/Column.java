package io.azimuth.connectors.format;

/**
 * One column of a cloud file whose rows are described by a header (PCD, PLY, NPY).
 *
 * @param type I, U or F
 * @param size bytes of one element
 * @param count elements
 * @param offset bytes from the row's start
 * @param index number of elements before it
 */
record Column(String name, char type, int size, int count, int offset, int index) {
    int bytes() {
        return size * count;
    }
}
