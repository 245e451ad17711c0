package io.azimuth.connectors.mcap;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** What a writer remembers of the data section, and the summary made of it. */
final class SummaryBuilder {
    private final Map<Integer, McapSchema> schemas = new TreeMap<>();
    private final Map<Integer, McapChannel> channels = new TreeMap<>();
    private final Map<Integer, Long> counts = new TreeMap<>();
    private final RecordBuffer chunkIndexes = new RecordBuffer(1 << 12);
    private final RecordBuffer attachmentIndexes = new RecordBuffer(1 << 8);
    private final RecordBuffer metadataIndexes = new RecordBuffer(1 << 8);
    private int chunks;
    private int attachments;
    private int metadata;
    private long messages;
    private long startNanos;
    private long endNanos;

    Map<Integer, McapSchema> schemas() {
        return schemas;
    }

    Map<Integer, McapChannel> channels() {
        return channels;
    }

    /**
     * Takes note of a chunk that has been written.
     *
     * @param at where its record starts
     * @param length of its record
     * @param indexes where each channel's message index starts
     * @param indexLength of all of them
     */
    void chunk(
            ChunkBuilder chunk,
            long at,
            long length,
            Map<Integer, Long> indexes,
            long indexLength,
            PackedChunk packed) {
        RecordBuffer out = chunkIndexes;
        int mark = out.begin(Opcode.CHUNK_INDEX);
        out.u64(chunk.startNanos()).u64(chunk.endNanos()).u64(at).u64(length);
        int map = out.size();
        out.u32(0);
        indexes.forEach((channel, offset) -> out.u16(channel).u64(offset));
        out.lengthAt(map).u64(indexLength).text(packed.compression().keyword());
        out.u64(packed.size()).u64(packed.plainSize());
        out.end(mark);
        chunk.byChannel().forEach((id, e) -> counts.merge(id, (long) e.size(), Long::sum));
        if (chunk.messages() > 0) {
            long start = chunk.startNanos();
            long end = chunk.endNanos();
            startNanos = messages == 0 ? start : ChunkBuilder.unsignedMin(startNanos, start);
            endNanos = messages == 0 ? end : ChunkBuilder.unsignedMax(endNanos, end);
        }
        messages += chunk.messages();
        chunks++;
    }

    void attachment(McapAttachment a, long at, long length) {
        RecordBuffer out = attachmentIndexes;
        int mark = out.begin(Opcode.ATTACHMENT_INDEX);
        out.u64(at).u64(length).u64(a.logTimeNanos()).u64(a.createTimeNanos());
        out.u64(a.data().length).text(a.name()).text(a.mediaType());
        out.end(mark);
        attachments++;
    }

    void metadata(McapMetadata m, long at, long length) {
        int mark = metadataIndexes.begin(Opcode.METADATA_INDEX);
        metadataIndexes.u64(at).u64(length).text(m.name());
        metadataIndexes.end(mark);
        metadata++;
    }

    /**
     * The bytes from after the data end to the end of the file.
     *
     * @param at where they start in the file
     */
    RecordBuffer finish(long at) {
        RecordBuffer out = new RecordBuffer(1 << 14);
        RecordBuffer offsets = new RecordBuffer(1 << 8);
        int start = out.size();
        schemas.values().forEach(s -> schema(out, s));
        start = group(offsets, Opcode.SCHEMA, at, start, out.size());
        channels.values().forEach(c -> channel(out, c));
        start = group(offsets, Opcode.CHANNEL, at, start, out.size());
        statistics(out);
        start = group(offsets, Opcode.STATISTICS, at, start, out.size());
        out.raw(chunkIndexes.array(), 0, chunkIndexes.size());
        start = group(offsets, Opcode.CHUNK_INDEX, at, start, out.size());
        out.raw(attachmentIndexes.array(), 0, attachmentIndexes.size());
        start = group(offsets, Opcode.ATTACHMENT_INDEX, at, start, out.size());
        out.raw(metadataIndexes.array(), 0, metadataIndexes.size());
        group(offsets, Opcode.METADATA_INDEX, at, start, out.size());
        long offsetsAt = at + out.size();
        out.raw(offsets.array(), 0, offsets.size());
        footer(out, at, offsetsAt);
        return out;
    }

    /** The checksum covers the footer up to itself. */
    private static void footer(RecordBuffer out, long summaryAt, long offsetsAt) {
        int mark = out.begin(Opcode.FOOTER);
        out.u64(summaryAt).u64(offsetsAt).u32(0);
        out.end(mark);
        int covered = out.size() - Integer.BYTES;
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.wrap(out.array(), 0, covered));
        int value = (int) crc.getValue();
        byte[] le = {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
        System.arraycopy(le, 0, out.array(), covered, le.length);
        byte[] magic = Opcode.magic();
        out.raw(magic, 0, magic.length);
    }

    private static int group(RecordBuffer offsets, int opcode, long at, int start, int end) {
        if (end > start) {
            int mark = offsets.begin(Opcode.SUMMARY_OFFSET);
            offsets.u8(opcode).u64(at + start).u64(end - start);
            offsets.end(mark);
        }
        return end;
    }

    private void statistics(RecordBuffer out) {
        int mark = out.begin(Opcode.STATISTICS);
        out.u64(messages).u16(schemas.size()).u32(channels.size()).u32(attachments).u32(metadata);
        out.u32(chunks).u64(startNanos).u64(endNanos);
        int map = out.size();
        out.u32(0);
        counts.forEach((channel, n) -> out.u16(channel).u64(n));
        out.lengthAt(map);
        out.end(mark);
    }

    static void schema(RecordBuffer out, McapSchema s) {
        int mark = out.begin(Opcode.SCHEMA);
        out.u16(s.id()).text(s.name()).text(s.encoding()).blob(s.data());
        out.end(mark);
    }

    static void channel(RecordBuffer out, McapChannel c) {
        int mark = out.begin(Opcode.CHANNEL);
        out.u16(c.id()).u16(c.schemaId()).text(c.topic()).text(c.messageEncoding());
        out.map(c.metadata());
        out.end(mark);
    }
}
