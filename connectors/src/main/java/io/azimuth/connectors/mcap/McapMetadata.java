package io.azimuth.connectors.mcap;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named facts about a recording.
 *
 * @param entries in the file's order
 */
public record McapMetadata(String name, Map<String, String> entries) {
    public McapMetadata {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
