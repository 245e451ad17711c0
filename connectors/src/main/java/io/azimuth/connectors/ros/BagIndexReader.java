package io.azimuth.connectors.ros;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;

/** Reads the index at a bag's end and the index records after its chunks, no message. */
final class BagIndexReader {
    private static final int MOST_INDEX_BYTES = 64 << 20;
    private static final int PAIR_BYTES = 8;

    private final BagFile file;
    private final BagContent content = new BagContent();

    private BagIndexReader(BagFile file) {
        this.file = file;
    }

    /**
     * @param header the bag's first record
     * @throws MalformedDataException if there is no index or it is bad
     */
    static BagContent read(BagFile file, BagRecord header) throws IOException {
        long at = header.i64("index_pos");
        if (at < header.end() || at > file.size()) {
            throw header.fault(
                    at == 0
                            ? "the bag has no index: its recorder did not end in order"
                            : "index_pos is %d, but the file has %d bytes"
                                    .formatted(at, file.size()));
        }
        BagIndexReader reader = new BagIndexReader(file);
        reader.summary(at, header.u32("conn_count"), header.u32("chunk_count"));
        if (!reader.content.isComplete()) {
            throw header.fault("the index lists other numbers of clouds than its chunks have");
        }
        return reader.content;
    }

    private void summary(long from, long connections, long chunks) throws IOException {
        long at = from;
        for (long i = 0; i < connections; i++) {
            BagRecord r = file.wholeRecord(at, file.size());
            content.connect(r, data(r));
            at = r.end();
        }
        for (long i = 0; i < chunks; i++) {
            BagRecord r = file.wholeRecord(at, file.size());
            r.require(BagRecord.CHUNK_INFO);
            byte[] counts = data(r);
            at = r.end();
            chunk(r, counts);
        }
    }

    private void chunk(BagRecord info, byte[] counts) throws IOException {
        boolean clouds = false;
        var pairs = java.nio.ByteBuffer.wrap(counts).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        while (pairs.remaining() >= PAIR_BYTES) {
            int connection = pairs.getInt();
            content.count(connection, Integer.toUnsignedLong(pairs.getInt()));
            clouds |= content.isCloud(connection);
        }
        if (!clouds) {
            return;
        }
        BagRecord head = file.wholeRecord(info.i64("chunk_pos"), file.size());
        int number = content.add(BagChunk.of(head, head.dataLength()));
        long at = head.end();
        while (at < file.size()) {
            BagRecord r = file.wholeRecord(at, file.size());
            if (r.op() != BagRecord.INDEX) {
                break;
            }
            if (content.isCloud(r.i32("conn"))) {
                content.index(r, data(r), number);
            }
            at = r.end();
        }
    }

    private byte[] data(BagRecord r) throws IOException {
        if (r.dataLength() > MOST_INDEX_BYTES) {
            throw r.fault(
                    "record of %d bytes in the index, accepted are at most %d"
                            .formatted(r.dataLength(), MOST_INDEX_BYTES));
        }
        byte[] out = new byte[(int) r.dataLength()];
        file.read(r.dataAt(), out, out.length);
        return out;
    }
}
