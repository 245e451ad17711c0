package io.azimuth.connectors.mcap;

import org.jspecify.annotations.Nullable;

/** What a chunk may claim before memory is taken for it. */
final class ChunkLimits {
    /** Largest chunk after unpacking. */
    static final long MOST_BYTES = 256L << 20;

    /** Largest record that is taken into memory whole, other than chunks and messages. */
    static final long MOST_RECORD_BYTES = 64L << 20;

    /** Nothing measured packs better, beyond a few megabytes of the same byte. */
    static final long MOST_RATIO = 200;

    /** Up to here any ratio is harmless: a quiet sensor's chunk may be all zeros. */
    static final long HARMLESS_BYTES = 8L << 20;

    private ChunkLimits() {}

    /** Why a chunk of these sizes is not unpacked, or null if it is. */
    static @Nullable String refusal(long packedSize, long plainSize) {
        if (plainSize < 0 || plainSize > MOST_BYTES) {
            return "a chunk says %s bytes unpacked, accepted are at most %d"
                    .formatted(Long.toUnsignedString(plainSize), MOST_BYTES);
        }
        if (plainSize > HARMLESS_BYTES && plainSize / MOST_RATIO > packedSize) {
            return "a chunk says %d bytes in %d, accepted is at most %d-fold above %d bytes"
                    .formatted(plainSize, packedSize, MOST_RATIO, HARMLESS_BYTES);
        }
        return null;
    }
}
