package io.azimuth.connectors.mcap;

import io.azimuth.connectors.mcap.FileBytes.Head;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file through from its start, without believing its end. A damaged record is left out and
 * counted; where the file is cut, or its records cannot be told apart any more, the scan ends.
 */
final class FileScan {
    private static final long RUN_BYTES = 4L << 20;

    private final FileBytes file;
    private final ChunkStore chunks;
    private final Contents contents = new Contents();
    private final @Nullable Registry fallback;
    private long bytesLost;
    private int faults;
    private @Nullable String reason;

    private long runAt;
    private long runEnd;
    private long runStartNanos;
    private long runEndNanos;

    /**
     * @param fallback schemas and channels known from a sound summary, for chunks whose own are
     *     lost
     */
    FileScan(FileBytes file, ChunkStore chunks, @Nullable Registry fallback) {
        this.file = file;
        this.chunks = chunks;
        this.fallback = fallback;
    }

    Contents run() throws IOException {
        if (fallback != null) {
            contents.registry.fallBackOn(fallback);
        }
        long at = Opcode.magic().length;
        boolean ended = false;
        while (!ended) {
            Head head;
            try {
                head = file.head(at, file.size());
            } catch (MalformedDataException e) {
                fault(file.size() - at, e);
                break;
            }
            if (head.opcode() != Opcode.MESSAGE) {
                endRun();
            }
            ended = head.opcode() == Opcode.DATA_END || head.opcode() == Opcode.FOOTER;
            try {
                record(head);
            } catch (MalformedDataException e) {
                fault(head.end() - at, e);
            }
            at = head.end();
        }
        endRun();
        contents.registry.keepFallback();
        contents.counted = true;
        return contents;
    }

    /** What was wrong, or null. */
    @Nullable McapDamage damage() {
        return reason == null ? null : new McapDamage(bytesLost, faults, reason);
    }

    private void fault(long lost, MalformedDataException e) {
        bytesLost += lost;
        faults++;
        if (reason == null) {
            reason = String.valueOf(e.getMessage());
        }
    }

    private void record(Head head) throws IOException {
        switch (head.opcode()) {
            case Opcode.HEADER -> contents.readHeader(file.body(head));
            case Opcode.SCHEMA -> contents.registry.readSchema(file.body(head));
            case Opcode.CHANNEL -> contents.registry.readChannel(file.body(head));
            case Opcode.MESSAGE -> message(head);
            case Opcode.CHUNK -> chunk(head);
            case Opcode.ATTACHMENT -> contents.attachments.add(head);
            case Opcode.METADATA -> contents.metadata.add(head);
            case Opcode.DATA_END -> dataEnd(head);
            default -> {}
        }
    }

    /** The sum covers all before the record; it says nothing new about what is known as damaged. */
    private void dataEnd(Head head) throws IOException {
        int crc = file.body(head).i32("data checksum");
        if (crc == 0 || faults > 0) {
            return;
        }
        int actual = file.crc(0, head.at());
        if (crc != actual) {
            fault(
                    0,
                    file.fault(
                            head.at(),
                            "data checksum 0x%08x, but the file has 0x%08x before it"
                                    .formatted(crc, actual)));
        }
    }

    private void message(Head head) throws IOException {
        if (head.length() > McapWriter.MOST_MESSAGE_BYTES + Opcode.MESSAGE_HEAD_BYTES) {
            endRun();
            throw file.fault(
                    head.at(),
                    "a Message of %d bytes, accepted are at most %d"
                            .formatted(head.length(), McapWriter.MOST_MESSAGE_BYTES));
        }
        RecordBytes body =
                file.peek(head.bodyAt(), (int) Math.min(head.length(), Opcode.MESSAGE_HEAD_BYTES));
        try {
            int id = body.u16("channel id");
            body.i32("sequence");
            long logTimeNanos = body.i64("log time");
            body.i64("publish time");
            if (contents.registry.channel(id) == null) {
                throw file.fault(head.at(), unknown(id));
            }
            extendRun(head, logTimeNanos);
            contents.counts.merge(id, 1L, Long::sum);
        } catch (MalformedDataException e) {
            endRun();
            throw e;
        }
    }

    private void extendRun(Head head, long logTimeNanos) {
        if (runEnd != head.at() || head.end() - runAt > RUN_BYTES) {
            endRun();
            runAt = head.at();
            runStartNanos = logTimeNanos;
            runEndNanos = logTimeNanos;
        }
        runStartNanos = ChunkBuilder.unsignedMin(runStartNanos, logTimeNanos);
        runEndNanos = ChunkBuilder.unsignedMax(runEndNanos, logTimeNanos);
        runEnd = head.end();
    }

    private void endRun() {
        if (runEnd > runAt) {
            contents.chunks.add(
                    new ChunkRef(
                            runAt, runEnd - runAt, true, runStartNanos, runEndNanos, Map.of()));
        }
        runAt = 0;
        runEnd = 0;
    }

    private void chunk(Head head) throws IOException {
        ChunkRecords records =
                new ChunkRecords(file.name() + ": chunk at byte " + head.at(), chunks.unpack(head));
        Map<Integer, Long> counts = new TreeMap<>();
        long start = -1;
        long end = 0;
        while (records.next()) {
            switch (records.opcode()) {
                case Opcode.SCHEMA -> contents.registry.readSchema(records.body());
                case Opcode.CHANNEL -> contents.registry.readChannel(records.body());
                case Opcode.MESSAGE -> {
                    int id = records.channelId();
                    if (contents.registry.channel(id) == null) {
                        fault(records.length(), records.fault(records.offset(), unknown(id)));
                    } else {
                        counts.merge(id, 1L, Long::sum);
                        start = ChunkBuilder.unsignedMin(start, records.logTimeNanos());
                        end = ChunkBuilder.unsignedMax(end, records.logTimeNanos());
                    }
                }
                default -> {}
            }
        }
        counts.forEach((id, n) -> contents.counts.merge(id, n, Long::sum));
        if (!counts.isEmpty()) {
            long length = head.end() - head.at();
            contents.chunks.add(new ChunkRef(head.at(), length, false, start, end, Map.of()));
        }
    }

    private static String unknown(int id) {
        return "a Message of channel %d, which no record before it describes".formatted(id);
    }
}
