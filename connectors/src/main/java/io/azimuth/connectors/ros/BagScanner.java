package io.azimuth.connectors.ros;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.util.Locale;

/**
 * Finds the messages of a bag without its index, from record to record: every message that is whole
 * is kept, also those of an unpacked chunk that was cut. Packed chunks are unpacked one at a time.
 */
final class BagScanner {
    private static final int MOST_CONNECTION_BYTES = 16 << 20;

    private final BagFile file;
    private final UnpackedChunk unpacked;
    private final BagContent content = new BagContent();
    private final StringBuilder losses = new StringBuilder();
    private int lossCount;

    private BagScanner(BagFile file, UnpackedChunk unpacked) {
        this.file = file;
        this.unpacked = unpacked;
    }

    /** What was found and what was lost (empty if nothing). */
    record Found(BagContent content, String losses) {}

    static Found scan(BagFile file, UnpackedChunk unpacked, long from) throws IOException {
        BagScanner scanner = new BagScanner(file, unpacked);
        scanner.records(from);
        return new Found(scanner.content, scanner.losses.toString());
    }

    private void records(long from) throws IOException {
        long at = from;
        while (at < file.size()) {
            BagRecord r;
            try {
                r = file.record(at);
                record(r);
            } catch (MalformedDataException e) {
                lose(String.valueOf(e.getMessage()), at);
                return; // without this record's length the next one cannot be found
            }
            at = r.end();
        }
    }

    private void record(BagRecord r) throws IOException {
        switch (r.op()) {
            case BagRecord.CHUNK -> chunk(r);
            case BagRecord.CONNECTION -> connection(file, r);
            case BagRecord.MESSAGE -> {
                BagRecord whole = file.wholeRecord(r.at(), file.size());
                long length = whole.end() - whole.at();
                int alone = content.add(new BagChunk("none", whole.at(), length, length));
                message(whole, alone, 0);
            }
            default -> file.wholeRecord(r.at(), file.size());
        }
    }

    private void chunk(BagRecord r) throws IOException {
        long there = Math.min(r.dataLength(), file.size() - r.dataAt());
        BagChunk chunk = BagChunk.of(r, there);
        try {
            if (chunk.packed()) {
                unpacked.load(chunk);
                inside(unpacked, 0, unpacked.size(), content.add(chunk), 0);
            } else {
                inside(file, chunk.dataAt(), chunk.end(), content.add(chunk), chunk.dataAt());
            }
        } catch (MalformedDataException e) {
            lose(String.valueOf(e.getMessage()), r.at());
            return;
        }
        if (there < r.dataLength()) {
            throw r.fault(
                    "the chunk's last %d bytes are missing".formatted(r.dataLength() - there));
        }
    }

    private void inside(BagSource source, long from, long to, int chunk, long base)
            throws IOException {
        long at = from;
        while (at < to) {
            BagRecord r = source.wholeRecord(at, to);
            if (r.op() == BagRecord.CONNECTION) {
                connection(source, r);
            } else if (r.op() == BagRecord.MESSAGE) {
                message(r, chunk, at - base);
            }
            at = r.end();
        }
    }

    private void connection(BagSource source, BagRecord r) throws IOException {
        source.wholeRecord(r.at(), source.size());
        if (content.knows(r.i32("conn"))) {
            return;
        }
        if (r.dataLength() > MOST_CONNECTION_BYTES) {
            throw r.fault(
                    "connection of %d bytes, accepted are at most %d"
                            .formatted(r.dataLength(), MOST_CONNECTION_BYTES));
        }
        byte[] data = new byte[(int) r.dataLength()];
        source.read(r.dataAt(), data, data.length);
        content.connect(r, data);
    }

    private void message(BagRecord r, int chunk, long offset) {
        int connection = r.i32("conn");
        content.count(connection, 1);
        if (content.isCloud(connection)) {
            content.add(connection, chunk, offset, r.timeNanos("time"));
        }
    }

    private void lose(String what, long at) {
        if (lossCount++ < 3) {
            losses.append(losses.isEmpty() ? "" : "; ")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    "lost from byte %d of %d (%s)",
                                    at,
                                    file.size(),
                                    what.replace(file.name() + ": ", "")));
        }
    }
}
