package io.azimuth.connectors.mcap;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.azimuth.connectors.bytes.Lz4Frame;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** Unpacks chunks and keeps the last used ones, up to a fixed number of bytes. */
final class ChunkStore {
    private static final long CACHE_BYTES = 32L << 20;

    private final FileBytes file;
    private final Map<Long, byte[]> cache = new LinkedHashMap<>(16, 0.75f, true);
    private long cached;

    ChunkStore(FileBytes file) {
        this.file = file;
    }

    /** The records of a chunk or run, not yet at the first. */
    ChunkRecords records(ChunkRef chunk) throws IOException {
        byte[] content = cache.get(chunk.at());
        if (content == null) {
            makeRoom(chunk.loose() ? chunk.length() : 0);
            content = chunk.loose() ? loose(chunk) : unpack(file.head(chunk.at(), chunk.end()));
            makeRoom(content.length);
            cache.put(chunk.at(), content);
            cached += content.length;
        }
        return new ChunkRecords(where(chunk), content);
    }

    private String where(ChunkRef chunk) {
        return "%s: %s at byte %d"
                .formatted(file.name(), chunk.loose() ? "records" : "chunk", chunk.at());
    }

    private byte[] loose(ChunkRef run) throws IOException {
        return file.read(run.at(), (int) run.length());
    }

    private void makeRoom(long bytes) {
        Iterator<byte[]> oldest = cache.values().iterator();
        while (cached + bytes > CACHE_BYTES && oldest.hasNext()) {
            cached -= oldest.next().length;
            oldest.remove();
        }
    }

    /**
     * The records of a chunk, checked against its checksum if it has one.
     *
     * @throws MalformedDataException if the record is no chunk, claims too much or is damaged
     */
    byte[] unpack(FileBytes.Head head) throws IOException {
        if (head.opcode() != Opcode.CHUNK) {
            throw file.fault(
                    head.at(), Opcode.name(head.opcode()) + " where the index has a Chunk");
        }
        // Everything before the records; longer only if the compression's name is nonsense.
        RecordBytes in = file.peek(head.bodyAt(), (int) Math.min(head.length(), 256));
        in.i64("chunk start");
        in.i64("chunk end");
        long size = in.i64("chunk size");
        int crc = in.i32("chunk checksum");
        String compression = in.text("chunk compression");
        long packedSize = in.i64("chunk records");
        long packedAt = head.bodyAt() + 8 + 8 + 8 + 4 + 4 + utf8Length(compression) + 8;
        if (packedSize < 0 || packedSize > head.end() - packedAt) {
            throw in.fault(
                    "chunk records of %s bytes, but %d are left in the chunk"
                            .formatted(Long.toUnsignedString(packedSize), head.end() - packedAt));
        }
        String refusal = ChunkLimits.refusal(packedSize, size);
        if (refusal != null || packedSize > ChunkLimits.MOST_BYTES) {
            throw in.fault(
                    refusal != null
                            ? refusal
                            : "a chunk has %d packed bytes, accepted are at most %d"
                                    .formatted(packedSize, ChunkLimits.MOST_BYTES));
        }
        byte[] packed = file.read(packedAt, (int) packedSize);
        byte[] plain = unpack(compression, packedAt, packed, (int) size);
        if (crc != 0 && crc != crc(plain)) {
            throw file.fault(
                    head.at(),
                    "chunk checksum 0x%08x, but its records have 0x%08x; it is damaged"
                            .formatted(crc, crc(plain)));
        }
        return plain;
    }

    private byte[] unpack(String compression, long packedAt, byte[] packed, int size) {
        RecordBytes body = new RecordBytes(file.name(), packedAt, packed, 0, packed.length);
        switch (compression) {
            case "" -> {
                if (packed.length != size) {
                    throw body.fault(
                            "chunk of %d bytes without compression, but it says %d"
                                    .formatted(packed.length, size));
                }
                return packed;
            }
            case "lz4" -> {
                byte[] plain = new byte[size];
                Lz4Frame.unpack(file.name(), packedAt, packed, packed.length, plain, size);
                return plain;
            }
            case "zstd" -> {
                return zstd(body, packed, size);
            }
            default ->
                    throw body.fault(
                            "chunk compression '%s', accepted are '', 'lz4' and 'zstd'"
                                    .formatted(compression));
        }
    }

    private static byte[] zstd(RecordBytes body, byte[] packed, int size) {
        byte[] plain = new byte[size];
        try {
            long used = Zstd.decompressByteArray(plain, 0, size, packed, 0, packed.length);
            if (used == size) {
                return plain;
            }
            throw body.fault(
                    "zstd frame of %d bytes in a chunk that says %d".formatted(used, size));
        } catch (ZstdException e) {
            throw body.fault(
                    "zstd frame does not unpack to the %d bytes that its chunk says: %s"
                            .formatted(size, e.getMessage()));
        }
    }

    private static int utf8Length(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
