package io.azimuth.connectors.ros;

/**
 * The bytes of one message, shared with whoever read them: valid until the next read.
 *
 * @param file for messages
 * @param offset of byte {@code from} in the file, or of the packed chunk that it came from
 * @param array live buffer
 * @param from first byte
 * @param to byte after the last
 */
@SuppressWarnings("ArrayRecordComponent") // a view of a buffer, compared by nobody
public record RosMessage(String file, long offset, byte[] array, int from, int to) {
    public RosMessage {
        if (from < 0 || to < from || to > array.length) {
            throw new IllegalArgumentException(
                    "message lies at %d .. %d of %d bytes".formatted(from, to, array.length));
        }
    }

    public int length() {
        return to - from;
    }
}
