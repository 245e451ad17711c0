package io.azimuth.connectors.mcap;

import io.azimuth.connectors.mcap.FileBytes.Head;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads an MCAP file: by its index if it has a sound one, else after one pass over the file, which
 * finds all messages of whole chunks ({@link #damage} says what is missing and why). Holds a few
 * unpacked chunks in memory, never the file. Not thread-safe.
 *
 * <p>Whatever the bytes are, only {@link MalformedDataException} comes out: when opening, if the
 * file is no MCAP at all; when reading, if a chunk turns out to be damaged.
 */
public final class McapReader implements Closeable {
    private final FileBytes file;
    private final ChunkStore store;
    private final Contents contents;
    private final boolean indexed;
    private final @Nullable McapDamage damage;

    private McapReader(
            FileBytes file,
            ChunkStore store,
            Contents contents,
            boolean indexed,
            @Nullable McapDamage damage) {
        this.file = file;
        this.store = store;
        this.contents = contents;
        this.indexed = indexed;
        this.damage = damage;
    }

    /**
     * Opens a file by its index, or scans it if there is none that fits.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws MalformedDataException if it does not begin as MCAP does
     */
    public static McapReader open(Path path) throws IOException {
        return open(path, true);
    }

    /** Opens a file by reading it through, checking every chunk, whatever its index says. */
    public static McapReader scan(Path path) throws IOException {
        return open(path, false);
    }

    private static McapReader open(Path path, boolean byIndex) throws IOException {
        FileBytes file = FileBytes.open(path);
        try {
            return open(file, byIndex);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static McapReader open(FileBytes file, boolean byIndex) throws IOException {
        byte[] magic = Opcode.magic();
        if (file.size() < magic.length || !Arrays.equals(file.read(0, magic.length), magic)) {
            throw file.fault(
                    0,
                    "this is no MCAP file of version 0: accepted are 89 4d 43 41 50 30 0d 0a first");
        }
        ChunkStore store = new ChunkStore(file);
        Contents summary = null;
        String reason = null;
        try {
            summary = new SummaryReader(file).read();
        } catch (MalformedDataException e) {
            reason = e.getMessage();
        }
        if (summary != null && byIndex) {
            return new McapReader(file, store, summary, true, null);
        }
        FileScan scan = new FileScan(file, store, summary == null ? null : summary.registry);
        Contents contents = scan.run();
        McapDamage damage = scan.damage();
        if (damage == null && reason != null) {
            damage = new McapDamage(0, 1, reason);
        }
        return new McapReader(file, store, contents, false, damage);
    }

    /** What is wrong with the file, as far as opening it showed; null if nothing. */
    public @Nullable McapDamage damage() {
        return damage;
    }

    /** Whether the file's own index is used; false after a scan. */
    public boolean indexed() {
        return indexed;
    }

    /** What the messages follow, e.g. {@code ros2}; may be empty. */
    public String profile() {
        return contents.profile;
    }

    /** What wrote the file. */
    public String library() {
        return contents.library;
    }

    /** All channels by id, with their schemas. */
    public List<McapChannel> channels() {
        return List.copyOf(contents.registry.channels());
    }

    /** The channels of a topic by id; none if there is no such topic. */
    public List<McapChannel> channels(String topic) {
        return channels().stream().filter(c -> c.topic().equals(topic)).toList();
    }

    /** All schemas by id. */
    public List<McapSchema> schemas() {
        return List.copyOf(contents.registry.schemas());
    }

    /** Chunks, and runs of messages outside chunks. */
    public int chunkCount() {
        return contents.chunks.size();
    }

    /** Messages of a channel; the file's own count, if it has one. */
    public long messageCount(McapChannel channel) throws IOException {
        count();
        return contents.counts.getOrDefault(channel.id(), 0L);
    }

    /** Messages of all channels. */
    public long messageCount() throws IOException {
        count();
        return contents.counts.values().stream().mapToLong(n -> n).sum();
    }

    /** Lowest log time, unsigned; 0 if there are no messages. */
    public long startNanos() {
        return contents.startNanos();
    }

    /** Highest log time, unsigned; 0 if there are no messages. */
    public long endNanos() {
        return contents.endNanos();
    }

    private void count() throws IOException {
        if (contents.counted) {
            return;
        }
        contents.counts.clear();
        for (McapChannel channel : contents.registry.channels()) {
            EntryMerge merge = merge(Set.of(channel.id()), 0, -1);
            long n = 0;
            while (merge.next() != null) {
                n++;
            }
            contents.counts.put(channel.id(), n);
        }
        contents.counted = true;
    }

    /** All messages by log time, then place in the file. */
    public Iterator<McapMessage> messages() {
        return messages(c -> true);
    }

    /** The messages of some channels by log time, then place in the file. */
    public Iterator<McapMessage> messages(Predicate<McapChannel> channels) {
        return messages(channels, 0, -1);
    }

    /**
     * The messages of some channels and times, by log time, then place in the file. Chunks without
     * such messages are not read.
     *
     * @param firstNanos lowest log time, unsigned
     * @param lastNanos highest log time, unsigned; -1 is the highest of all
     * @return throws {@link UncheckedIOException} or {@link MalformedDataException} on the way
     */
    public Iterator<McapMessage> messages(
            Predicate<McapChannel> channels, long firstNanos, long lastNanos) {
        Set<Integer> ids = ids(channels);
        EntryMerge merge = merge(ids, firstNanos, lastNanos);
        return new Iterator<>() {
            private @Nullable Entry next = step();

            private @Nullable Entry step() {
                try {
                    return merge.next();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public McapMessage next() {
                Entry entry = next;
                if (entry == null) {
                    throw new NoSuchElementException("no more messages");
                }
                try {
                    McapMessage out = read(entry, ids);
                    next = step();
                    return out;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** Where the messages of some channels lie; reads message indexes only, if there are any. */
    public McapIndex index(Predicate<McapChannel> channels) throws IOException {
        Set<Integer> ids = ids(channels);
        McapIndex.Builder out = new McapIndex.Builder(ids);
        EntryMerge merge = merge(ids, 0, -1);
        for (Entry entry = merge.next(); entry != null; entry = merge.next()) {
            out.add(entry);
        }
        return out.build();
    }

    /** The {@code i}-th message of an index that this reader made. */
    public McapMessage read(McapIndex index, int i) throws IOException {
        Entry entry = new Entry(index.logTimeNanos(i), index.chunk(i), index.offset(i));
        return read(entry, index.channelIds());
    }

    /** Takes messages one by one. */
    interface MessageSink {
        void accept(McapMessage message) throws IOException;
    }

    /** All messages of known channels as they lie in the file. */
    void forEachInFileOrder(MessageSink sink) throws IOException {
        for (ChunkRef chunk : contents.chunks) {
            ChunkRecords records = store.records(chunk);
            while (records.next()) {
                if (records.opcode() == Opcode.MESSAGE) {
                    McapChannel channel = contents.registry.channel(records.channelId());
                    if (channel != null) {
                        sink.accept(message(channel, records));
                    }
                }
            }
        }
    }

    private McapMessage read(Entry entry, Set<Integer> ids) throws IOException {
        ChunkRecords records = store.records(contents.chunks.get(entry.chunk()));
        records.seek(entry.offset());
        if (records.opcode() != Opcode.MESSAGE || records.logTimeNanos() != entry.logTimeNanos()) {
            throw records.fault(
                    entry.offset(),
                    "%s, but the index has a Message at %s ns here"
                            .formatted(
                                    Opcode.name(records.opcode()),
                                    Long.toUnsignedString(entry.logTimeNanos())));
        }
        McapChannel channel = contents.registry.channel(records.channelId());
        if (channel == null || !ids.contains(channel.id())) {
            throw records.fault(
                    entry.offset(),
                    "a Message of channel %d, but the index has another channel here"
                            .formatted(records.channelId()));
        }
        return message(channel, records);
    }

    private static McapMessage message(McapChannel channel, ChunkRecords records) {
        return new McapMessage(
                channel,
                records.sequence(),
                records.logTimeNanos(),
                records.publishTimeNanos(),
                records.data());
    }

    private Set<Integer> ids(Predicate<McapChannel> channels) {
        Set<Integer> out = new TreeSet<>();
        for (McapChannel channel : contents.registry.channels()) {
            if (channels.test(channel)) {
                out.add(channel.id());
            }
        }
        return out;
    }

    private EntryMerge merge(Set<Integer> ids, long firstNanos, long lastNanos) {
        return new EntryMerge(file, store, contents.chunks, ids, firstNanos, lastNanos);
    }

    public int attachmentCount() {
        return contents.attachments.size();
    }

    /**
     * Reads an attachment, in the file's order.
     *
     * @throws MalformedDataException if it is damaged or larger than 64 MiB
     */
    public McapAttachment attachment(int i) throws IOException {
        Head head = contents.attachments.get(i);
        byte[] bytes = wholeBody(head);
        RecordBytes body = new RecordBytes(file.name(), head.bodyAt(), bytes, 0, bytes.length);
        long logTimeNanos = body.i64("log time");
        long createTimeNanos = body.i64("create time");
        String name = body.text("attachment name");
        String mediaType = body.text("media type");
        int length = body.length64("attachment data");
        int from = body.at();
        body.skip(length);
        int crc = body.i32("attachment checksum");
        CRC32 actual = new CRC32();
        actual.update(bytes, 0, from + length);
        if (crc != 0 && crc != (int) actual.getValue()) {
            throw file.fault(
                    head.at(),
                    "attachment checksum 0x%08x, but it has 0x%08x; it is damaged"
                            .formatted(crc, (int) actual.getValue()));
        }
        byte[] data = Arrays.copyOfRange(bytes, from, from + length);
        return new McapAttachment(name, mediaType, logTimeNanos, createTimeNanos, data);
    }

    private byte[] wholeBody(Head head) throws IOException {
        if (head.length() > ChunkLimits.MOST_RECORD_BYTES) {
            throw file.fault(
                    head.at(),
                    "%s of %d bytes, accepted are at most %d"
                            .formatted(
                                    Opcode.name(head.opcode()),
                                    head.length(),
                                    ChunkLimits.MOST_RECORD_BYTES));
        }
        return file.read(head.bodyAt(), (int) head.length());
    }

    long attachmentBytes(int i) {
        return contents.attachments.get(i).length();
    }

    long metadataBytes(int i) {
        return contents.metadata.get(i).length();
    }

    public int metadataCount() {
        return contents.metadata.size();
    }

    /** Reads a metadata record, in the file's order. */
    public McapMetadata metadata(int i) throws IOException {
        RecordBytes body = file.body(contents.metadata.get(i));
        return new McapMetadata(body.text("metadata name"), body.map("metadata"));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
