package io.azimuth.connectors.mcap;

import java.util.Arrays;
import java.util.Set;

/**
 * Where the messages of some channels lie, by log time, then place in the file: 16 bytes a message.
 * With it {@link McapReader#read(McapIndex, int)} fetches any of them. Immutable.
 */
public final class McapIndex {
    private final Set<Integer> channelIds;
    private final long[] logTimeNanos;
    private final int[] chunk;
    private final int[] offset;

    private McapIndex(Set<Integer> channelIds, long[] logTimeNanos, int[] chunk, int[] offset) {
        this.channelIds = channelIds;
        this.logTimeNanos = logTimeNanos;
        this.chunk = chunk;
        this.offset = offset;
    }

    /** The channels that were asked for. */
    Set<Integer> channelIds() {
        return channelIds;
    }

    public int size() {
        return logTimeNanos.length;
    }

    /** Unsigned. */
    public long logTimeNanos(int message) {
        return logTimeNanos[message];
    }

    /** Number of the chunk, in the file's order, that holds a message. */
    public int chunk(int message) {
        return chunk[message];
    }

    /** Of a message's record in its unpacked chunk, bytes. */
    public int offset(int message) {
        return offset[message];
    }

    /** Grows an index. */
    static final class Builder {
        private final Set<Integer> channelIds;
        private long[] logTimeNanos = new long[64];
        private int[] chunk = new int[64];
        private int[] offset = new int[64];
        private int size;

        Builder(Set<Integer> channelIds) {
            this.channelIds = channelIds;
        }

        void add(Entry entry) {
            if (size == chunk.length) {
                logTimeNanos = Arrays.copyOf(logTimeNanos, 2 * size);
                chunk = Arrays.copyOf(chunk, 2 * size);
                offset = Arrays.copyOf(offset, 2 * size);
            }
            logTimeNanos[size] = entry.logTimeNanos();
            chunk[size] = entry.chunk();
            offset[size++] = entry.offset();
        }

        McapIndex build() {
            return new McapIndex(
                    channelIds,
                    Arrays.copyOf(logTimeNanos, size),
                    Arrays.copyOf(chunk, size),
                    Arrays.copyOf(offset, size));
        }
    }
}
