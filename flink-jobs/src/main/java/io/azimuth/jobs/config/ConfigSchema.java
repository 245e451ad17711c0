package io.azimuth.jobs.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes the configuration as a JSON schema (draft 2020-12). Stateless, thread-safe. */
public final class ConfigSchema {
    private ConfigSchema() {}

    /** The schema as a tree of maps, lists and scalars. */
    public static Map<String, @Nullable Object> of() {
        Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
        RecordTree.flatten(AzimuthConfig.defaults(), "", defaults);
        Map<String, @Nullable Object> root = object();
        for (Setting s : ConfigLoader.settings()) {
            Map<String, @Nullable Object> parent = root;
            String[] parts = s.path().split("\\.");
            for (int i = 0; i < parts.length - 1; i++) {
                parent = child(parent, parts[i]);
            }
            if (s.group()) {
                child(parent, parts[parts.length - 1]).put("type", List.of("object", "null"));
            } else {
                properties(parent).put(parts[parts.length - 1], leaf(s, defaults.get(s.path())));
            }
        }
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        out.put("title", "azimuth configuration");
        out.putAll(root);
        return out;
    }

    private static Map<String, @Nullable Object> leaf(Setting s, @Nullable Object defaultValue) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        Class<?> type = s.type();
        String name =
                type == double.class
                        ? "number"
                        : type == int.class || type == long.class
                                ? "integer"
                                : type == boolean.class ? "boolean" : "string";
        out.put("type", s.nullable() ? List.of(name, "null") : name);
        if (type.isEnum()) {
            out.put("enum", Arrays.asList(SettingValues.labels(type)));
        }
        if (type == Duration.class) {
            out.put("pattern", "^[0-9]+(ns|us|ms|s|min|h)$");
        }
        if (defaultValue != null) {
            boolean scalar = defaultValue instanceof Number || defaultValue instanceof Boolean;
            boolean text = defaultValue instanceof String;
            out.put("default", scalar || text ? defaultValue : SettingValues.yaml(defaultValue));
        }
        return out;
    }

    private static Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("type", "object");
        out.put("additionalProperties", false);
        out.put("properties", new LinkedHashMap<String, @Nullable Object>());
        return out;
    }

    @SuppressWarnings("unchecked") // built here and nowhere else
    private static Map<String, @Nullable Object> properties(Map<String, @Nullable Object> object) {
        return (Map<String, @Nullable Object>)
                java.util.Objects.requireNonNull(object.get("properties"));
    }

    @SuppressWarnings("unchecked") // built here and nowhere else
    private static Map<String, @Nullable Object> child(
            Map<String, @Nullable Object> parent, String name) {
        return (Map<String, @Nullable Object>)
                java.util.Objects.requireNonNull(
                        properties(parent).computeIfAbsent(name, n -> object()));
    }
}
