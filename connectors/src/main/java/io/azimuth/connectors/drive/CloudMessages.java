package io.azimuth.connectors.drive;

import io.azimuth.connectors.ros.RosEncoding;
import io.azimuth.connectors.ros.RosMessage;
import java.io.Closeable;
import java.io.IOException;

/** The {@code PointCloud2} messages of one topic, in the order of recording. */
interface CloudMessages extends Closeable {
    int size();

    /** When a message was recorded, nanoseconds since the epoch. */
    long logNanos(int index);

    RosEncoding encoding(int index) throws IOException;

    /**
     * Reads a message, at least its first {@code atMost} bytes; valid until the next read.
     *
     * @throws io.azimuth.perception.geometry.MalformedDataException naming file and byte; other
     *     messages may be readable
     */
    RosMessage read(int index, int atMost) throws IOException;
}
