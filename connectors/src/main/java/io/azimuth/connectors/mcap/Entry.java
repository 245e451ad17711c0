package io.azimuth.connectors.mcap;

/**
 * One message's place. Ordered by log time, then by place in the file.
 *
 * @param logTimeNanos unsigned
 * @param chunk number of the chunk in the file's order
 * @param offset of the message's record in the unpacked chunk
 */
record Entry(long logTimeNanos, int chunk, int offset) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
        int byTime = Long.compareUnsigned(logTimeNanos, other.logTimeNanos);
        if (byTime != 0) {
            return byTime;
        }
        int byChunk = Integer.compare(chunk, other.chunk);
        return byChunk != 0 ? byChunk : Integer.compare(offset, other.offset);
    }
}
