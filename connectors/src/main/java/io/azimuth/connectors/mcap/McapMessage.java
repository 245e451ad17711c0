package io.azimuth.connectors.mcap;

/**
 * One message.
 *
 * @param channel where it was published
 * @param sequence the publisher's count, unsigned; 0 if it counts nothing
 * @param logTimeNanos when it was recorded, unsigned
 * @param publishTimeNanos when it was published, unsigned
 * @param data the encoded message, owned by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // messages are compared by nobody; the data is theirs
public record McapMessage(
        McapChannel channel, int sequence, long logTimeNanos, long publishTimeNanos, byte[] data) {}
