package io.azimuth.connectors.mcap;

import io.azimuth.connectors.mcap.FileBytes.Head;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places of the wanted messages by log time, then place in the file. Holds the entries of those
 * chunks whose times overlap, not more.
 */
final class EntryMerge {
    private static final int PAIR_BYTES = 2 * Long.BYTES;

    /** The entries of one chunk, of which the first {@code next} are gone. */
    private static final class Cursor implements Comparable<Cursor> {
        private final Entry[] entries;
        private int next;

        private Cursor(Entry[] entries) {
            this.entries = entries;
        }

        @Override
        public int compareTo(Cursor other) {
            return entries[next].compareTo(other.entries[other.next]);
        }
    }

    private final FileBytes file;
    private final ChunkStore store;
    private final List<ChunkRef> chunks;
    private final Set<Integer> channelIds;
    private final long fromNanos;
    private final long lastNanos;

    /** Numbers of the chunks to open, by start time. */
    private final int[] pending;

    private int opened;
    private final PriorityQueue<Cursor> cursors = new PriorityQueue<>();

    /**
     * @param channelIds the wanted channels
     * @param fromNanos lowest log time wanted, unsigned
     * @param lastNanos highest, unsigned
     */
    EntryMerge(
            FileBytes file,
            ChunkStore store,
            List<ChunkRef> chunks,
            Set<Integer> channelIds,
            long fromNanos,
            long lastNanos) {
        this.file = file;
        this.store = store;
        this.chunks = chunks;
        this.channelIds = channelIds;
        this.fromNanos = fromNanos;
        this.lastNanos = lastNanos;
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i).overlaps(fromNanos, lastNanos)) {
                wanted.add(i);
            }
        }
        // Stable: equal times stay in the file's order.
        wanted.sort(
                (a, b) ->
                        Long.compareUnsigned(
                                chunks.get(a).startNanos(), chunks.get(b).startNanos()));
        pending = wanted.stream().mapToInt(i -> i).toArray();
    }

    /** The next entry, or null at the end. */
    @Nullable Entry next() throws IOException {
        while (opened < pending.length && mayComeFirst(chunks.get(pending[opened]))) {
            open(pending[opened++]);
        }
        Cursor first = cursors.poll();
        if (first == null) {
            return null;
        }
        Entry out = first.entries[first.next++];
        if (first.next < first.entries.length) {
            cursors.add(first);
        }
        return out;
    }

    private boolean mayComeFirst(ChunkRef chunk) {
        Cursor first = cursors.peek();
        return first == null
                || Long.compareUnsigned(
                                chunk.startNanos(), first.entries[first.next].logTimeNanos())
                        <= 0;
    }

    private void open(int number) throws IOException {
        ChunkRef chunk = chunks.get(number);
        List<Entry> found = new ArrayList<>();
        if (chunk.indexes().isEmpty()) {
            walk(chunk, number, found);
        } else {
            for (var index : chunk.indexes().entrySet()) {
                if (channelIds.contains(index.getKey())) {
                    readIndex(chunk, number, index.getKey(), index.getValue(), found);
                }
            }
        }
        if (!found.isEmpty()) {
            Entry[] entries = found.toArray(new Entry[0]);
            Arrays.sort(entries);
            cursors.add(new Cursor(entries));
        }
    }

    private void walk(ChunkRef chunk, int number, List<Entry> found) throws IOException {
        ChunkRecords records = store.records(chunk);
        while (records.next()) {
            if (records.opcode() == Opcode.MESSAGE && channelIds.contains(records.channelId())) {
                add(chunk, new Entry(records.logTimeNanos(), number, records.offset()), found);
            }
        }
    }

    private void readIndex(ChunkRef chunk, int number, int channelId, long at, List<Entry> found)
            throws IOException {
        Head head = file.head(at, file.size());
        RecordBytes body = file.body(head);
        int id = body.u16("channel id of a message index");
        if (head.opcode() != Opcode.MESSAGE_INDEX || id != channelId) {
            throw file.fault(
                    at,
                    "%s of channel %d, but the index of channel %d is sought here"
                            .formatted(Opcode.name(head.opcode()), id, channelId));
        }
        int length = body.length32("message index");
        if (length % PAIR_BYTES != 0) {
            throw body.fault(
                    "message index of %d bytes, accepted are multiples of %d"
                            .formatted(length, PAIR_BYTES));
        }
        for (int i = 0; i < length / PAIR_BYTES; i++) {
            long logTimeNanos = body.i64("log time");
            long offset = body.i64("offset");
            if (offset < 0 || offset > ChunkLimits.MOST_BYTES) {
                throw body.fault(
                        "offset %s in a chunk, accepted are 0 .. %d"
                                .formatted(Long.toUnsignedString(offset), ChunkLimits.MOST_BYTES));
            }
            add(chunk, new Entry(logTimeNanos, number, (int) offset), found);
        }
    }

    /** A message outside its chunk's times would come in the wrong order, or be missed. */
    private void add(ChunkRef chunk, Entry entry, List<Entry> found) {
        long time = entry.logTimeNanos();
        if (Long.compareUnsigned(time, chunk.startNanos()) < 0
                || Long.compareUnsigned(time, chunk.endNanos()) > 0) {
            throw file.fault(
                    chunk.at(),
                    "a message at %s ns in a chunk that says %s .. %s; recover the file"
                            .formatted(
                                    Long.toUnsignedString(time),
                                    Long.toUnsignedString(chunk.startNanos()),
                                    Long.toUnsignedString(chunk.endNanos())));
        }
        if (Long.compareUnsigned(time, fromNanos) >= 0
                && Long.compareUnsigned(time, lastNanos) <= 0) {
            found.add(entry);
        }
    }
}
