package io.azimuth.connectors.mcap;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The records of the open chunk and where each channel's messages lie in it. */
final class ChunkBuilder {
    /** Log times and offsets of one channel's messages. */
    static final class Entries {
        private long[] pairs = new long[64];
        private int used;

        private void add(long logTimeNanos, long offset) {
            if (used == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * used);
            }
            pairs[used++] = logTimeNanos;
            pairs[used++] = offset;
        }

        int size() {
            return used / 2;
        }

        /** The array of a message index. */
        void writeTo(RecordBuffer out) {
            out.u32(used * Long.BYTES);
            for (int i = 0; i < used; i++) {
                out.u64(pairs[i]);
            }
        }
    }

    private final RecordBuffer records;
    private final Map<Integer, Entries> byChannel = new TreeMap<>();
    private long startNanos;
    private long endNanos;
    private int messages;

    ChunkBuilder(int capacity) {
        records = new RecordBuffer(capacity);
    }

    void clear() {
        records.clear();
        byChannel.clear();
        messages = 0;
        startNanos = 0;
        endNanos = 0;
    }

    /** Whether a message of that time and length would make the chunk too long or too large. */
    boolean overflows(long logTimeNanos, int dataLength, McapWriterOptions options) {
        if (messages == 0) {
            return false;
        }
        long size = (long) records.size() + Opcode.HEAD_BYTES + Opcode.MESSAGE_HEAD_BYTES;
        long span = unsignedMax(endNanos, logTimeNanos) - unsignedMin(startNanos, logTimeNanos);
        return size + dataLength > options.chunkBytes()
                || Long.compareUnsigned(span, options.chunkNanos()) > 0;
    }

    void add(
            int channelId,
            int sequence,
            long logTimeNanos,
            long publishTimeNanos,
            byte[] data,
            int offset,
            int length) {
        byChannel.computeIfAbsent(channelId, id -> new Entries()).add(logTimeNanos, records.size());
        int mark = records.begin(Opcode.MESSAGE);
        records.u16(channelId).u32(sequence).u64(logTimeNanos).u64(publishTimeNanos);
        records.raw(data, offset, length);
        records.end(mark);
        startNanos = messages == 0 ? logTimeNanos : unsignedMin(startNanos, logTimeNanos);
        endNanos = messages == 0 ? logTimeNanos : unsignedMax(endNanos, logTimeNanos);
        messages++;
    }

    /** For schemas and channels. */
    RecordBuffer records() {
        return records;
    }

    /** In the order of channel ids. */
    Map<Integer, Entries> byChannel() {
        return byChannel;
    }

    int messages() {
        return messages;
    }

    long startNanos() {
        return startNanos;
    }

    long endNanos() {
        return endNanos;
    }

    static long unsignedMin(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }

    static long unsignedMax(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }
}
