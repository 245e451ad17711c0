package io.azimuth.connectors.mcap;

import io.azimuth.connectors.mcap.FileBytes.Head;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a file says of itself at its end, and believes it only where it fits the file. */
final class SummaryReader {
    private final FileBytes file;
    private final Contents contents = new Contents();
    private boolean sawStatistics;
    private long statedMessages;

    SummaryReader(FileBytes file) {
        this.file = file;
    }

    /**
     * The file's contents, or null if a whole file has no summary that leads to all its messages
     * (no chunks, no chunk index, channels not repeated): then it must be read through.
     *
     * @throws MalformedDataException if the end of the file is missing or damaged
     */
    @Nullable Contents read() throws IOException {
        Head footer = footer();
        RecordBytes body = file.body(footer);
        long start = body.i64("summary start");
        body.i64("summary offset start");
        int crc = body.i32("summary checksum");
        if (start == 0) {
            return null;
        }
        if (start < Opcode.magic().length || start > footer.at()) {
            throw file.fault(
                    footer.bodyAt(),
                    "summary start is %s, accepted are 8 .. %d"
                            .formatted(Long.toUnsignedString(start), footer.at()));
        }
        int actual = crc == 0 ? 0 : file.crc(start, footer.end() - Integer.BYTES);
        if (crc != actual) {
            throw file.fault(
                    footer.at(),
                    "summary checksum 0x%08x, but it has 0x%08x; it is damaged"
                            .formatted(crc, actual));
        }
        for (long at = start; at < footer.at(); ) {
            Head head = file.head(at, footer.at());
            record(head);
            at = head.end();
        }
        contents.chunks.sort(Comparator.comparingLong(ChunkRef::at));
        return fitsFile(start) && leadsToAll() ? contents : null;
    }

    /** The last record, which has a fixed place. */
    private Head footer() throws IOException {
        byte[] magic = Opcode.magic();
        long at = file.size() - magic.length - Opcode.FOOTER_BYTES;
        if (at < magic.length) {
            throw file.fault(file.size(), "the file ends here without a Footer");
        }
        if (!Arrays.equals(file.read(file.size() - magic.length, magic.length), magic)) {
            throw file.fault(
                    file.size() - magic.length,
                    "the file does not end as MCAP does: it was not closed or is cut");
        }
        Head head = file.head(at, file.size() - magic.length);
        if (head.opcode() != Opcode.FOOTER) {
            throw file.fault(at, Opcode.name(head.opcode()) + " where the Footer must be");
        }
        return head;
    }

    private void record(Head head) throws IOException {
        switch (head.opcode()) {
            case Opcode.SCHEMA -> contents.registry.readSchema(file.body(head));
            case Opcode.CHANNEL -> contents.registry.readChannel(file.body(head));
            case Opcode.CHUNK_INDEX -> contents.chunks.add(chunkIndex(file.body(head)));
            case Opcode.STATISTICS -> statistics(file.body(head));
            case Opcode.HEADER,
                    Opcode.FOOTER,
                    Opcode.MESSAGE,
                    Opcode.CHUNK,
                    Opcode.MESSAGE_INDEX,
                    Opcode.ATTACHMENT,
                    Opcode.METADATA,
                    Opcode.DATA_END ->
                    throw file.fault(head.at(), Opcode.name(head.opcode()) + " in the summary");
            default -> {} // other indexes are not needed, unknown records skipped
        }
    }

    private ChunkRef chunkIndex(RecordBytes body) {
        long start = body.i64("chunk start time");
        long end = body.i64("chunk end time");
        long at = body.i64("chunk start");
        long length = body.i64("chunk length");
        Map<Integer, Long> indexes = new HashMap<>();
        int mapEnd = body.length32("message index offsets") + body.at();
        while (body.at() < mapEnd) {
            indexes.put(body.u16("channel id"), body.i64("message index offset"));
        }
        return new ChunkRef(at, length, false, start, end, indexes);
    }

    private void statistics(RecordBytes body) {
        statedMessages = body.i64("message count");
        body.u16("schema count");
        body.i32("channel count");
        body.i32("attachment count");
        body.i32("metadata count");
        body.i32("chunk count");
        body.i64("start time");
        body.i64("end time");
        int mapEnd = body.length32("message counts") + body.at();
        while (body.at() < mapEnd) {
            contents.counts.put(body.u16("channel id"), body.i64("message count"));
        }
        sawStatistics = true;
    }

    /**
     * Chunks lie one after the other before the summary; what lies between them is walked over for
     * attachments, metadata, and messages that no index leads to.
     *
     * @return false if there are such messages
     */
    private boolean fitsFile(long summaryStart) throws IOException {
        long at = Opcode.magic().length;
        for (ChunkRef chunk : contents.chunks) {
            if (chunk.at() < at
                    || chunk.length() < Opcode.HEAD_BYTES
                    || chunk.length() > summaryStart - chunk.at()) {
                throw file.fault(
                        chunk.at(),
                        "the index has a chunk of %d bytes here, accepted are places from %d to %d"
                                .formatted(chunk.length(), at, summaryStart));
            }
            if (!gap(at, chunk.at())) {
                return false;
            }
            at = chunk.end();
        }
        return gap(at, summaryStart);
    }

    private boolean gap(long from, long to) throws IOException {
        long at = from;
        while (at < to) {
            Head head = file.head(at, to);
            switch (head.opcode()) {
                case Opcode.HEADER -> contents.readHeader(file.body(head));
                case Opcode.SCHEMA -> contents.registry.readSchema(file.body(head));
                case Opcode.CHANNEL -> contents.registry.readChannel(file.body(head));
                case Opcode.ATTACHMENT -> contents.attachments.add(head);
                case Opcode.METADATA -> contents.metadata.add(head);
                case Opcode.MESSAGE, Opcode.CHUNK -> {
                    return false;
                }
                default -> {} // message indexes are found through the chunk index
            }
            at = head.end();
        }
        return true;
    }

    /** Whether the channel of every message is known; counts what the file has counted. */
    private boolean leadsToAll() {
        Set<Integer> used = new TreeSet<>(contents.counts.keySet());
        boolean hidden = false;
        for (ChunkRef chunk : contents.chunks) {
            used.addAll(chunk.indexes().keySet());
            // Without message indexes its channels are only known from the inside.
            hidden |= chunk.indexes().isEmpty();
        }
        long sum = contents.counts.values().stream().mapToLong(n -> n).sum();
        contents.counted = sawStatistics && sum == statedMessages;
        return (!hidden || contents.counted)
                && used.stream().allMatch(id -> contents.registry.channel(id) != null);
    }
}
