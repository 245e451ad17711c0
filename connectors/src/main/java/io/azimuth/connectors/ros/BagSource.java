package io.azimuth.connectors.ros;

import java.io.IOException;

/** Where records lie: the file itself or a chunk that was unpacked. */
interface BagSource {
    /** Bytes that are there. */
    long size();

    /**
     * The head of the record at a place; its data may reach beyond the end, which {@link
     * #wholeRecord} does not accept.
     *
     * @throws io.azimuth.perception.geometry.MalformedDataException if there is no such head
     */
    BagRecord record(long at) throws IOException;

    /** Copies bytes of which the caller knows that they are there. */
    void read(long at, byte[] into, int length) throws IOException;

    /**
     * The head of a record whose data is there too.
     *
     * @param end where it must end at the latest
     */
    default BagRecord wholeRecord(long at, long end) throws IOException {
        BagRecord out = record(at);
        if (out.end() > Math.min(end, size())) {
            throw out.fault(
                    "record ends at byte %d, but %d is the end; the file is cut or damaged here"
                            .formatted(out.end(), Math.min(end, size())));
        }
        return out;
    }
}
