package io.azimuth.connectors.mcap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Records messages into an MCAP file. Each chunk goes to the file as soon as it is full, so that a
 * process that dies loses no more than the open chunk; {@link #close} adds the summary that makes
 * the file quick to search. The same calls give the same bytes. Not thread-safe.
 *
 * <p>After an {@link IOException} the writer takes no more messages and {@code close} adds no
 * summary: the file keeps what {@link McapRecovery} can read.
 */
public final class McapWriter implements Closeable {
    /** Largest message. */
    public static final int MOST_MESSAGE_BYTES = 128 << 20;

    private static final String LIBRARY = "azimuth";

    private final Path file;
    private final McapWriterOptions options;
    private final FileChannel channel;
    private final ChunkBuilder chunk;
    private final RecordBuffer scratch = new RecordBuffer(1 << 12);
    private final SummaryBuilder summary = new SummaryBuilder();
    private final Set<Integer> schemasInFile = new HashSet<>();
    private final Set<Integer> channelsInFile = new HashSet<>();
    private final CRC32 dataCrc = new CRC32();
    private long position;
    private int nextSchemaId = 1;
    private int nextChannelId = 1;
    private boolean open = true;

    private McapWriter(Path file, McapWriterOptions options, FileChannel channel) {
        this.file = file;
        this.options = options;
        this.channel = channel;
        chunk = new ChunkBuilder(Math.min(options.chunkBytes(), 4 << 20));
    }

    /**
     * Starts a new file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one: recordings are not
     *     overwritten
     */
    public static McapWriter create(Path file, McapWriterOptions options) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        McapWriter writer = new McapWriter(file, options, channel);
        try {
            writer.start();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return writer;
    }

    private void start() throws IOException {
        byte[] magic = Opcode.magic();
        put(magic, magic.length);
        int mark = scratch.begin(Opcode.HEADER);
        scratch.text(options.profile()).text(LIBRARY);
        scratch.end(mark);
        putScratch();
    }

    /** A new schema; see {@link McapSchema} for the words. */
    public McapSchema addSchema(String name, String encoding, byte[] data) {
        requireFree("schemas", nextSchemaId);
        return add(new McapSchema(nextSchemaId, name, encoding, data));
    }

    /** A new channel with an id of its own; see {@link McapChannel} for the words. */
    public McapChannel addChannel(
            @Nullable McapSchema schema,
            String topic,
            String messageEncoding,
            Map<String, String> metadata) {
        requireFree("channels", nextChannelId);
        if (schema != null && !schema.equals(summary.schemas().get(schema.id()))) {
            throw new IllegalArgumentException(
                    "channel '%s': %s is not of this writer; add it first"
                            .formatted(topic, schema));
        }
        return add(new McapChannel(nextChannelId, schema, topic, messageEncoding, metadata));
    }

    private static void requireFree(String what, int id) {
        if (id > 0xffff) {
            throw new IllegalStateException("no more than 65535 " + what + " fit into one file");
        }
    }

    /** With the id that it has; for copies. */
    McapSchema add(McapSchema schema) {
        summary.schemas().put(schema.id(), schema);
        nextSchemaId = Math.max(nextSchemaId, schema.id() + 1);
        return schema;
    }

    /** With the id that it has; for copies. */
    McapChannel add(McapChannel added) {
        summary.channels().put(added.id(), added);
        nextChannelId = Math.max(nextChannelId, added.id() + 1);
        return added;
    }

    /**
     * Records a message whose publisher counts nothing and which was published as it was logged.
     */
    public void write(McapChannel to, long logTimeNanos, byte[] data) throws IOException {
        write(new McapMessage(to, 0, logTimeNanos, logTimeNanos, data));
    }

    /** Records a message; its bytes are copied. */
    public void write(McapMessage message) throws IOException {
        write(message, 0, message.data().length);
    }

    /**
     * Records a message made of a part of the given data, which may be a buffer that is reused.
     *
     * @throws IllegalArgumentException if the channel is not of this writer or the part is longer
     *     than {@link #MOST_MESSAGE_BYTES}
     */
    public void write(McapMessage message, int offset, int length) throws IOException {
        requireOpen();
        McapChannel to = message.channel();
        McapChannel known = summary.channels().get(to.id());
        if (known != to && !to.equals(known)) {
            throw new IllegalArgumentException(
                    "channel '%s' (%d) is not of this writer; add it first"
                            .formatted(to.topic(), to.id()));
        }
        Objects.checkFromIndexSize(offset, length, message.data().length);
        if (length > MOST_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "a message of '%s' has %d bytes, expected at most %d"
                            .formatted(to.topic(), length, MOST_MESSAGE_BYTES));
        }
        if (chunk.overflows(message.logTimeNanos(), length, options)) {
            flush();
        }
        announce(to);
        chunk.add(
                to.id(),
                message.sequence(),
                message.logTimeNanos(),
                message.publishTimeNanos(),
                message.data(),
                offset,
                length);
        if (chunk.records().size() >= options.chunkBytes()) {
            flush();
        }
    }

    /** Schema and channel stand before the first message. */
    private void announce(McapChannel to) {
        if (!channelsInFile.add(to.id())) {
            return;
        }
        McapSchema schema = to.schema();
        if (schema != null && schemasInFile.add(schema.id())) {
            SummaryBuilder.schema(chunk.records(), schema);
        }
        SummaryBuilder.channel(chunk.records(), to);
    }

    /** Ends the open chunk and writes it, with its message indexes; nothing if it is empty. */
    public void flush() throws IOException {
        requireOpen();
        if (chunk.records().size() == 0) {
            return;
        }
        open = false; // until all is written
        PackedChunk packed =
                PackedChunk.of(
                        options.compression(), chunk.records().array(), chunk.records().size());
        long at = position;
        putChunkHead(packed);
        put(packed.bytes(), packed.size());
        long length = position - at;
        Map<Integer, Long> indexes = new TreeMap<>();
        long indexesAt = position;
        chunk.byChannel()
                .forEach(
                        (id, entries) -> {
                            indexes.put(id, indexesAt + scratch.size());
                            int mark = scratch.begin(Opcode.MESSAGE_INDEX);
                            scratch.u16(id);
                            entries.writeTo(scratch);
                            scratch.end(mark);
                        });
        putScratch();
        summary.chunk(chunk, at, length, indexes, position - indexesAt, packed);
        chunk.clear();
        force();
        open = true;
    }

    private void putChunkHead(PackedChunk packed) throws IOException {
        String keyword = packed.compression().keyword();
        long body = 8 + 8 + 8 + 4 + 4 + keyword.length() + 8L + packed.size();
        scratch.u8(Opcode.CHUNK).u64(body);
        scratch.u64(chunk.startNanos()).u64(chunk.endNanos()).u64(packed.plainSize());
        scratch.u32(packed.plainCrc()).text(keyword).u64(packed.size());
        putScratch();
    }

    /** Writes a file into the recording, before the open chunk. */
    public void write(McapAttachment attachment) throws IOException {
        requireOpen();
        open = false;
        long at = position;
        int mark = scratch.begin(Opcode.ATTACHMENT);
        scratch.u64(attachment.logTimeNanos()).u64(attachment.createTimeNanos());
        scratch.text(attachment.name()).text(attachment.mediaType());
        scratch.u64(attachment.data().length);
        scratch.raw(attachment.data(), 0, attachment.data().length);
        CRC32 crc = new CRC32();
        crc.update(scratch.array(), Opcode.HEAD_BYTES, scratch.size() - Opcode.HEAD_BYTES);
        scratch.u32((int) crc.getValue());
        scratch.end(mark);
        putScratch();
        summary.attachment(attachment, at, position - at);
        force();
        open = true;
    }

    /** Writes facts into the recording, before the open chunk. */
    public void write(McapMetadata metadata) throws IOException {
        requireOpen();
        open = false;
        long at = position;
        int mark = scratch.begin(Opcode.METADATA);
        scratch.text(metadata.name()).map(metadata.entries());
        scratch.end(mark);
        putScratch();
        summary.metadata(metadata, at, position - at);
        force();
        open = true;
    }

    /** Ends the open chunk and writes the summary; a second call does nothing. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            if (open) {
                announceUnused();
                flush();
                open = false;
                int crc = (int) dataCrc.getValue();
                int mark = scratch.begin(Opcode.DATA_END);
                scratch.u32(crc);
                scratch.end(mark);
                putScratch();
                RecordBuffer tail = summary.finish(position);
                put(tail.array(), tail.size());
                force();
            }
        }
    }

    /** What had no message still belongs to the data section, for readers that never seek. */
    private void announceUnused() {
        summary.schemas()
                .forEach(
                        (id, schema) -> {
                            if (schemasInFile.add(id)) {
                                SummaryBuilder.schema(chunk.records(), schema);
                            }
                        });
        summary.channels().values().forEach(this::announce);
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException(
                    file + " is closed or failed before; nothing more can be written");
        }
    }

    private void force() throws IOException {
        if (options.sync()) {
            channel.force(false);
        }
    }

    private void putScratch() throws IOException {
        put(scratch.array(), scratch.size());
        scratch.clear();
    }

    /** Small pieces: the channel copies through a direct buffer of the piece's size. */
    private void put(byte[] bytes, int length) throws IOException {
        dataCrc.update(bytes, 0, length);
        ByteBuffer source = ByteBuffer.wrap(bytes);
        for (int done = 0; done < length; ) {
            source.limit(Math.min(length, done + (1 << 20))).position(done);
            done += channel.write(source);
        }
        position += length;
    }
}
