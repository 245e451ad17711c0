package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a flat object by the keywords that our schemas use, and refuses schemas with others, so
 * that none is passed over in silence.
 */
final class JsonSchemaCheck {
    private static final Set<String> OF_OBJECT =
            Set.of(
                    "$schema",
                    "$id",
                    "title",
                    "description",
                    "type",
                    "required",
                    "properties",
                    "patternProperties",
                    "additionalProperties");
    private static final Set<String> OF_VALUE =
            Set.of("type", "const", "enum", "minimum", "maximum", "description");

    private JsonSchemaCheck() {}

    /** What is wrong, empty if nothing. */
    static List<String> faults(JsonNode schema, JsonNode document) {
        known(schema, OF_OBJECT);
        List<String> out = new ArrayList<>();
        for (JsonNode name : schema.path("required")) {
            if (!document.has(name.asText())) {
                out.add("missing: " + name.asText());
            }
        }
        Iterator<Map.Entry<String, JsonNode>> fields = document.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            List<JsonNode> rules = rules(schema, field.getKey());
            if (rules.isEmpty() && !schema.path("additionalProperties").asBoolean(true)) {
                out.add("not described: " + field.getKey());
            }
            for (JsonNode rule : rules) {
                value(rule, field.getKey(), field.getValue(), out);
            }
        }
        return out;
    }

    private static List<JsonNode> rules(JsonNode schema, String name) {
        List<JsonNode> out = new ArrayList<>();
        if (schema.path("properties").has(name)) {
            out.add(schema.path("properties").get(name));
        }
        Iterator<Map.Entry<String, JsonNode>> patterns = schema.path("patternProperties").fields();
        while (patterns.hasNext()) {
            Map.Entry<String, JsonNode> pattern = patterns.next();
            if (java.util.regex.Pattern.compile(pattern.getKey()).matcher(name).find()) {
                out.add(pattern.getValue());
            }
        }
        return out;
    }

    private static void value(JsonNode rule, String name, JsonNode value, List<String> out) {
        known(rule, OF_VALUE);
        boolean typed = !rule.has("type") || oneOf(rule.get("type"), type(value));
        boolean constant = !rule.has("const") || rule.get("const").equals(value);
        boolean listed = !rule.has("enum") || oneOf(rule.get("enum"), value.asText());
        double number = value.isNumber() ? value.asDouble() : Double.NaN;
        boolean low = number < rule.path("minimum").asDouble(Double.NEGATIVE_INFINITY);
        boolean high = number > rule.path("maximum").asDouble(Double.POSITIVE_INFINITY);
        if (!typed || !constant || !listed || low || high) {
            out.add(name + " = " + value + " is not " + rule);
        }
    }

    private static boolean oneOf(JsonNode accepted, String word) {
        if (!accepted.isArray()) {
            return accepted.asText().equals(word);
        }
        for (JsonNode a : accepted) {
            if (a.asText().equals(word)) {
                return true;
            }
        }
        return false;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> "number";
            case STRING -> "string";
            case NULL -> "null";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            default -> "object";
        };
    }

    private static void known(JsonNode rule, Set<String> keywords) {
        rule.fieldNames()
                .forEachRemaining(
                        k -> {
                            if (!keywords.contains(k)) {
                                throw new IllegalArgumentException("keyword not checked: " + k);
                            }
                        });
    }
}
