package io.azimuth.connectors.mcap;

import java.util.Arrays;

/**
 * What the messages of a channel are made of.
 *
 * @param id 1 .. 65535
 * @param name of the message type, e.g. {@code sensor_msgs/msg/PointCloud2}
 * @param encoding of {@code data}, e.g. {@code ros2msg}, {@code protobuf}, {@code jsonschema}
 * @param data the definition; the array is shared, not copied: nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode compare the content
public record McapSchema(int id, String name, String encoding, byte[] data) {
    public McapSchema {
        if (id < 1 || id > 0xffff) {
            throw new IllegalArgumentException(
                    "schema '" + name + "': id is " + id + ", expected 1 .. 65535");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof McapSchema o
                && id == o.id
                && name.equals(o.name)
                && encoding.equals(o.encoding)
                && Arrays.equals(data, o.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * id + name.hashCode()) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "schema %d '%s' (%s, %d bytes)".formatted(id, name, encoding, data.length);
    }
}
