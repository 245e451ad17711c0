package io.azimuth.connectors.mcap;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The schemas and channels of a file by id; the same id must always mean the same. */
final class Registry {
    private final Map<Integer, McapSchema> schemas = new TreeMap<>();
    private final Map<Integer, McapChannel> channels = new TreeMap<>();
    private @Nullable Registry fallback;

    void readSchema(RecordBytes body) {
        int id = body.u16("schema id");
        if (id == 0) {
            throw body.fault("schema id 0, accepted are 1 .. 65535");
        }
        McapSchema schema =
                new McapSchema(
                        id,
                        body.text("schema name"),
                        body.text("schema encoding"),
                        body.blob("schema data"));
        McapSchema before = schemas.putIfAbsent(id, schema);
        if (before != null && !before.equals(schema)) {
            throw body.fault("%s, but the same id was %s before".formatted(schema, before));
        }
    }

    void readChannel(RecordBytes body) {
        int id = body.u16("channel id");
        int schemaId = body.u16("schema id of a channel");
        McapSchema schema = schema(schemaId);
        if (schema == null && schemaId != 0) {
            throw body.fault(
                    "channel %d has schema %d, which no record before it describes"
                            .formatted(id, schemaId));
        }
        McapChannel channel =
                new McapChannel(
                        id,
                        schema,
                        body.text("topic"),
                        body.text("message encoding"),
                        body.map("channel metadata"));
        McapChannel before = channels.putIfAbsent(id, channel);
        if (before != null && !before.equals(channel)) {
            throw body.fault(
                    "channel %d is '%s', but was '%s' before, or differs in encoding or metadata"
                            .formatted(id, channel.topic(), before.topic()));
        }
    }

    private @Nullable McapSchema schema(int id) {
        McapSchema own = schemas.get(id);
        return own != null || fallback == null ? own : fallback.schema(id);
    }

    @Nullable McapChannel channel(int id) {
        McapChannel own = channels.get(id);
        return own != null || fallback == null ? own : fallback.channel(id);
    }

    /** In the order of their ids. */
    Collection<McapChannel> channels() {
        return channels.values();
    }

    Collection<McapSchema> schemas() {
        return schemas.values();
    }

    /** What is not known here is looked up there. */
    void fallBackOn(Registry other) {
        fallback = other;
    }

    /** Takes over what only the fallback knows. */
    void keepFallback() {
        if (fallback != null) {
            fallback.schemas.forEach(schemas::putIfAbsent);
            fallback.channels.forEach(channels::putIfAbsent);
        }
    }
}
