package io.azimuth.perception.inference.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One JSON object whose keys are taken one by one; what is left at {@link #end} is unknown. */
final class ManifestFields {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Plain names, one folder deep at most; nothing that could climb. */
    private static final Pattern FILE =
            Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]{0,99}/)?[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private static final int MAX_TEXT = 1000;
    private static final int MAX_LIST = 1000;

    private final ObjectNode object;
    private final String where;
    private final TreeSet<String> left = new TreeSet<>();

    ManifestFields(ObjectNode object, String where) {
        this.object = object;
        this.where = where;
        object.fieldNames().forEachRemaining(left::add);
    }

    String text(String key) {
        return text(take(key), key);
    }

    String sha256(String key) {
        String text = text(key);
        if (!SHA256.matcher(text).matches()) {
            throw wrong(key, text, "64 hex digits in lower case");
        }
        return text;
    }

    String fileName(String key) {
        String text = text(key);
        if (!FILE.matcher(text).matches()) {
            throw wrong(key, text, "a plain file name, at most one folder deep");
        }
        return text;
    }

    boolean flag(String key) {
        JsonNode value = take(key);
        if (!value.isBoolean()) {
            throw wrong(key, value, "true or false");
        }
        return value.booleanValue();
    }

    long integer(String key, long min, long max) {
        JsonNode value = take(key);
        boolean fits = value.isIntegralNumber() && value.canConvertToLong();
        if (!fits || value.longValue() < min || value.longValue() > max) {
            throw wrong(key, value, "an integer from " + min + " to " + max);
        }
        return value.longValue();
    }

    double number(String key, double min, double max) {
        JsonNode value = take(key);
        if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
            throw wrong(key, value, "a number from " + min + " to " + max);
        }
        return value.doubleValue();
    }

    ManifestFields object(String key) {
        return asObject(take(key), key);
    }

    <T> List<T> list(String key, Function<ManifestFields, T> read) {
        List<T> out = new ArrayList<>();
        for (JsonNode item : array(key)) {
            out.add(read.apply(asObject(item, key + "[" + out.size() + "]")));
        }
        return out;
    }

    /** None if the key is not there. */
    <T> List<T> listIfAny(String key, Function<ManifestFields, T> read) {
        return object.has(key) ? list(key, read) : List.of();
    }

    /** Empty if the key is not there. */
    Map<String, Object> openIfAny(String key) {
        return object.has(key) ? open(key) : Map.of();
    }

    List<String> texts(String key) {
        List<String> out = new ArrayList<>();
        for (JsonNode item : array(key)) {
            out.add(text(item, key + "[" + out.size() + "]"));
        }
        return out;
    }

    /** Dimensions; a free first one is written {@code "n"}. */
    List<Integer> shape(String key) {
        List<Integer> out = new ArrayList<>();
        for (JsonNode item : array(key)) {
            if (out.isEmpty() && item.isTextual() && item.textValue().equals("n")) {
                out.add(TensorSpec.BATCH);
            } else if (item.isInt() && item.intValue() > 0) {
                out.add(item.intValue());
            } else {
                throw wrong(key, item, "positive integers, or \"n\" in the first place");
            }
        }
        return out;
    }

    /** An object whose keys somebody else owns: numbers, texts, truth values, lists and maps. */
    Map<String, Object> open(String key) {
        JsonNode value = take(key);
        if (!value.isObject()) {
            throw wrong(key, value, "an object");
        }
        return plainMap(value);
    }

    void end() {
        if (!left.isEmpty()) {
            throw rejected(
                    "%s has unknown keys %s; format 1 does not know them".formatted(where, left),
                    null);
        }
    }

    ModelRejected wrong(String key, Object found, String accepted) {
        String shown = String.valueOf(found);
        if (shown.length() > 80) {
            shown = shown.substring(0, 80) + "...";
        }
        return rejected("%s.%s is %s, accepted: %s".formatted(where, key, shown, accepted), null);
    }

    static ModelRejected rejected(String detail, @Nullable Throwable cause) {
        return cause == null
                ? new ModelRejected(ModelRejected.Code.MANIFEST, detail)
                : new ModelRejected(ModelRejected.Code.MANIFEST, detail, cause);
    }

    private JsonNode take(String key) {
        JsonNode value = object.get(key);
        left.remove(key);
        if (value == null || value.isNull()) {
            throw rejected("%s.%s is missing".formatted(where, key), null);
        }
        return value;
    }

    private String text(JsonNode value, String key) {
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw wrong(key, value, "a text");
        }
        if (value.textValue().length() > MAX_TEXT) {
            throw wrong(key, value, "a text of up to " + MAX_TEXT + " characters");
        }
        return value.textValue();
    }

    private ManifestFields asObject(JsonNode value, String key) {
        if (value instanceof ObjectNode inner) {
            return new ManifestFields(inner, where + "." + key);
        }
        throw wrong(key, value, "an object");
    }

    private ArrayNode array(String key) {
        if (take(key) instanceof ArrayNode array && array.size() <= MAX_LIST) {
            return array;
        }
        throw wrong(key, object.get(key), "a list of up to " + MAX_LIST);
    }

    private static Map<String, Object> plainMap(JsonNode object) {
        Map<String, Object> out = new LinkedHashMap<>();
        object.fields().forEachRemaining(e -> out.put(e.getKey(), plain(e.getValue())));
        return Collections.unmodifiableMap(out);
    }

    private static Object plain(JsonNode value) {
        if (value.isObject()) {
            return plainMap(value);
        }
        if (value.isArray()) {
            List<Object> out = new ArrayList<>();
            value.forEach(item -> out.add(plain(item)));
            return Collections.unmodifiableList(out);
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return value.numberValue();
        }
        throw rejected(
                "manifest: a value is %s, accepted are texts and numbers".formatted(value), null);
    }
}
