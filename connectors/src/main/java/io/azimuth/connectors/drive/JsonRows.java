package io.azimuth.connectors.drive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A JSON file that is one array of objects, read object by object. */
final class JsonRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One object and where it stands, for messages. */
    record Row(String file, long offset, JsonNode node) {
        String text(String field) {
            JsonNode v = node.get(field);
            if (v == null || !v.isTextual()) {
                throw fault(field, v, "a string");
            }
            return v.textValue();
        }

        long whole(String field) {
            JsonNode v = node.get(field);
            if (v == null || !v.isIntegralNumber() || !v.canConvertToLong()) {
                throw fault(field, v, "a whole number");
            }
            return v.longValue();
        }

        boolean truth(String field) {
            JsonNode v = node.get(field);
            if (v == null || !v.isBoolean()) {
                throw fault(field, v, "true or false");
            }
            return v.booleanValue();
        }

        /** An array of {@code count} finite numbers. */
        double[] numbers(String field, int count) {
            JsonNode v = node.get(field);
            double[] out = new double[count];
            boolean fine = v != null && v.isArray() && v.size() == count;
            for (int i = 0; i < count && fine; i++) {
                fine = v.get(i).isNumber() && Double.isFinite(v.get(i).doubleValue());
                out[i] = fine ? v.get(i).doubleValue() : 0;
            }
            if (!fine) {
                throw fault(field, v, count + " finite numbers");
            }
            return out;
        }

        MalformedDataException fault(String field, Object found, String accepted) {
            String shown = String.valueOf(found);
            return MalformedDataException.at(
                    file,
                    offset,
                    "field '%s' is %s, accepted is %s"
                            .formatted(
                                    field,
                                    shown.length() > 60 ? shown.substring(0, 60) + "..." : shown,
                                    accepted));
        }
    }

    private JsonRows() {}

    /**
     * Hands every object to {@code each}; holds one at a time.
     *
     * @throws MalformedDataException naming the byte where the file is not such an array
     */
    static void forEach(Path file, Consumer<Row> each) throws IOException {
        try (var in = Files.newInputStream(file);
                JsonParser parser = JSON.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw MalformedDataException.at(
                        file.toString(), 0, "the file is not a JSON array of objects");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                long offset = parser.currentTokenLocation().getByteOffset();
                JsonNode node = JSON.readTree(parser);
                each.accept(new Row(file.toString(), offset, node));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw MalformedDataException.at(
                        file.toString(),
                        Math.max(0, parser.currentLocation().getByteOffset()),
                        "the array does not end, or holds something else than objects; copy the file again");
            }
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
            throw new MalformedDataException(
                    "%s: byte %d: not JSON: %s"
                            .formatted(file, Math.max(0, at), e.getOriginalMessage()),
                    e);
        }
    }
}
