package io.azimuth.connectors.crops;

import io.azimuth.perception.geometry.MalformedDataException;

/**
 * How much is read at most: a file, or the points unpacked from it, fills a quarter of the heap, so
 * that both and what works on them fit. Stateless, thread-safe.
 */
final class CropLimits {
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 64L;
    private static final int POINT_BYTES = 3 * Double.BYTES;

    private CropLimits() {}

    static long mostBytes() {
        return Math.min(LONGEST_ARRAY, Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * @param where what holds them
     * @throws MalformedDataException if they are more than this process can take
     */
    static void checkBytes(String where, long bytes) {
        if (bytes > mostBytes()) {
            throw tooLarge(where, bytes + " bytes", mostBytes());
        }
    }

    /** As {@link #checkBytes}, for points once they are unpacked. */
    static void checkPoints(String where, long points) {
        if (points > mostBytes() / POINT_BYTES) {
            throw tooLarge(where, points + " points", mostBytes() / POINT_BYTES);
        }
    }

    private static MalformedDataException tooLarge(String where, String found, long most) {
        return new MalformedDataException(
                "%s: has %s or more, accepted with this heap are %d; split it, or raise the heap (JAVA_OPTS=-Xmx4g)"
                        .formatted(where, found, most));
    }
}
