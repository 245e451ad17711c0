package io.azimuth.connectors.mcap;

/**
 * A file inside a recording: a calibration, a map, a log.
 *
 * @param name for people; never to be used as a path
 * @param mediaType e.g. {@code text/plain}
 * @param logTimeNanos when it was recorded, unsigned
 * @param createTimeNanos when it was made, unsigned; 0 if unknown
 * @param data its bytes, shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // attachments are compared by nobody
public record McapAttachment(
        String name, String mediaType, long logTimeNanos, long createTimeNanos, byte[] data) {}
