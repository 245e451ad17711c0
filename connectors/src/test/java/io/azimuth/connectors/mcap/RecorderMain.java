package io.azimuth.connectors.mcap;

import java.io.IOException;
import java.nio.file.Path;

/** Records until it is killed: {@code RecorderMain FILE COMPRESSION}. */
final class RecorderMain {
    private RecorderMain() {}

    public static void main(String[] args) throws IOException {
        McapWriterOptions options =
                McapWriterOptions.of(McapCompression.valueOf(args[1])).withChunkBytes(1 << 16);
        try (McapWriter writer = McapWriter.create(Path.of(args[0]), options)) {
            McapChannel log = Recordings.channels(writer).get(2);
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                byte[] data = new byte[2000];
                java.util.Arrays.fill(data, 0, 1000, (byte) i);
                writer.write(new McapMessage(log, i, 1_000_000L * i, 0, data));
            }
        }
    }
}
