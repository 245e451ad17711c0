package io.azimuth.connectors.mcap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Damaged recordings for the fuzz of all readers: by index, by scan, and recovered. */
public final class McapFuzz {
    private static final int MESSAGES = 40;

    private McapFuzz() {}

    /** Sound recordings by the name of what reads them. */
    public static Map<String, byte[]> targets(Path folder) throws IOException {
        Map<String, byte[]> out = new LinkedHashMap<>();
        for (McapCompression compression : McapCompression.values()) {
            Path file = folder.resolve("seed-" + compression + ".mcap");
            McapWriterOptions options = McapWriterOptions.of(compression).withChunkBytes(2048);
            Recordings.write(file, options, new SplittableRandom(1), MESSAGES);
            out.put("mcap " + compression, Files.readAllBytes(file));
        }
        out.put("mcap recovery", out.get("mcap " + McapCompression.ZSTD));
        out.put("mcap unchunked", GoldenMcapTest.golden("unchunked.mcap"));
        out.put("mcap without statistics", GoldenMcapTest.golden("no_statistics.mcap"));
        return out;
    }

    /** Reads a recording in every way there is. */
    public static void read(Path folder, String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzz.mcap"), bytes);
        if (name.equals("mcap recovery")) {
            Path to = folder.resolve("fuzz-recovered.mcap");
            Files.deleteIfExists(to);
            McapRecovery.recover(file, to, McapCompression.LZ4);
            return;
        }
        try (McapReader reader = McapReader.scan(file)) {
            // What a scan accepts must be readable, all of it.
            long found = count(reader.messages());
            if (found != reader.messageCount()) {
                throw new AssertionError(
                        found + " messages were read, but " + reader.messageCount() + " counted");
            }
        }
        try (McapReader reader = McapReader.open(file)) {
            count(reader.messages());
            reader.messageCount();
            reader.index(c -> true);
            for (int i = 0; i < reader.attachmentCount(); i++) {
                reader.attachment(i);
            }
            for (int i = 0; i < reader.metadataCount(); i++) {
                reader.metadata(i);
            }
        }
    }

    private static long count(Iterator<McapMessage> messages) {
        long n = 0;
        while (messages.hasNext()) {
            messages.next();
            n++;
        }
        return n;
    }
}
