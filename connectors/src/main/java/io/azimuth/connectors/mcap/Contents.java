package io.azimuth.connectors.mcap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a file holds and where. Filled by {@link SummaryReader} or {@link FileScan}. */
final class Contents {
    final Registry registry = new Registry();

    /** In the file's order. */
    final List<ChunkRef> chunks = new ArrayList<>();

    final List<FileBytes.Head> attachments = new ArrayList<>();
    final List<FileBytes.Head> metadata = new ArrayList<>();

    /** Messages by channel; complete only if {@link #counted}. */
    final Map<Integer, Long> counts = new TreeMap<>();

    boolean counted;
    String profile = "";
    String library = "";

    /** Takes what the first record says. */
    void readHeader(RecordBytes body) {
        profile = body.text("profile");
        library = body.text("library");
    }

    /** Lowest log time of all chunks with messages, 0 if there is none. */
    long startNanos() {
        return chunks.stream()
                .filter(Contents::hasMessages)
                .map(ChunkRef::startNanos)
                .reduce(ChunkBuilder::unsignedMin)
                .orElse(0L);
    }

    long endNanos() {
        return chunks.stream()
                .filter(Contents::hasMessages)
                .map(ChunkRef::endNanos)
                .reduce(ChunkBuilder::unsignedMax)
                .orElse(0L);
    }

    /** Chunks without messages have both times zero. */
    private static boolean hasMessages(ChunkRef chunk) {
        return !chunk.indexes().isEmpty() || chunk.startNanos() != 0 || chunk.endNanos() != 0;
    }
}
