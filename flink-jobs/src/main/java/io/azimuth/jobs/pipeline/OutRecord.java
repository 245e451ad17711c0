package io.azimuth.jobs.pipeline;

import java.util.List;

/**
 * A record for a result topic, its bytes already made.
 *
 * @param partition explicit, or {@link #BY_KEY}
 */
record OutRecord(String topic, int partition, byte[] key, byte[] value, List<Header> headers) {
    /** The producer chooses by the hash of the key. */
    static final int BY_KEY = -1;

    OutRecord {
        headers = List.copyOf(headers);
    }

    /** One Kafka record header. */
    record Header(String name, byte[] value) {}
}
