package io.azimuth.connectors.mcap;

/**
 * How a recording is written.
 *
 * @param compression of the chunks
 * @param chunkBytes a chunk ends before it holds more, unless one message is larger; 1 KiB .. 64
 *     MiB, uncompressed
 * @param chunkNanos a chunk ends before its messages span more log time; at least 1
 * @param sync whether each chunk is forced to the disk, to survive a loss of power; without it, a
 *     chunk survives the death of the process
 * @param profile what the messages follow, e.g. {@code ros2}; may be empty
 */
public record McapWriterOptions(
        McapCompression compression,
        int chunkBytes,
        long chunkNanos,
        boolean sync,
        String profile) {
    private static final int FEWEST_BYTES = 1 << 10;
    private static final int MOST_BYTES = 64 << 20;

    public McapWriterOptions {
        if (chunkBytes < FEWEST_BYTES || chunkBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "chunkBytes is %d, expected %d .. %d"
                            .formatted(chunkBytes, FEWEST_BYTES, MOST_BYTES));
        }
        if (chunkNanos < 1) {
            throw new IllegalArgumentException(
                    "chunkNanos is " + chunkNanos + ", expected at least 1");
        }
    }

    /** Chunks of 4 MiB or 1 s, whichever comes first; not forced to the disk; no profile. */
    public static McapWriterOptions of(McapCompression compression) {
        return new McapWriterOptions(compression, 4 << 20, 1_000_000_000L, false, "");
    }

    public McapWriterOptions withChunkBytes(int bytes) {
        return new McapWriterOptions(compression, bytes, chunkNanos, sync, profile);
    }

    public McapWriterOptions withChunkNanos(long nanos) {
        return new McapWriterOptions(compression, chunkBytes, nanos, sync, profile);
    }

    public McapWriterOptions withSync(boolean newSync) {
        return new McapWriterOptions(compression, chunkBytes, chunkNanos, newSync, profile);
    }

    public McapWriterOptions withProfile(String newProfile) {
        return new McapWriterOptions(compression, chunkBytes, chunkNanos, sync, newProfile);
    }
}
