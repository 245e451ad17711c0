package io.azimuth.connectors.mcap;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream of messages of one type. Several channels may share a topic.
 *
 * @param id 0 .. 65535
 * @param schema null if the messages describe themselves (JSON) or nobody said
 * @param topic e.g. {@code /lidar/points}
 * @param messageEncoding e.g. {@code cdr}, {@code protobuf}, {@code json}
 * @param metadata in the file's order
 */
public record McapChannel(
        int id,
        @Nullable McapSchema schema,
        String topic,
        String messageEncoding,
        Map<String, String> metadata) {
    public McapChannel {
        if (id < 0 || id > 0xffff) {
            throw new IllegalArgumentException(
                    "channel '" + topic + "': id is " + id + ", expected 0 .. 65535");
        }
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    int schemaId() {
        return schema == null ? 0 : schema.id();
    }
}
