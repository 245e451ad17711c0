package io.azimuth.jobs.gpucheck;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.bundle.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Times of the same networks in PyTorch on the same GPU, as {@code torch_times.py} writes them:
 * {@code {"torch": VERSION, "rows": [{network, precision, batch, eagerMicros, compiledMicros}]}}.
 * None where PyTorch is not.
 *
 * @param tree what was read; nothing if there is no file
 */
record TorchTimes(JsonNode tree) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static TorchTimes none() {
        return new TorchTimes(MissingNode.getInstance());
    }

    /** What is in the file, or none: another program's failure is none of this one. */
    static TorchTimes read(@Nullable Path file) throws IOException {
        if (file == null || !Files.exists(file)) {
            return none();
        }
        try {
            return new TorchTimes(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            return none();
        }
    }

    String eager(String network, Precision precision, int batch) {
        return text(row(network, precision, batch).path("eagerMicros"));
    }

    String compiled(String network, Precision precision, int batch) {
        return text(row(network, precision, batch).path("compiledMicros"));
    }

    void put(ObjectNode to, String network, Precision precision, int batch) {
        JsonNode row = row(network, precision, batch);
        for (String key : new String[] {"eagerMicros", "compiledMicros"}) {
            if (row.path(key).isNumber()) {
                to.put(
                        "torch" + Character.toUpperCase(key.charAt(0)) + key.substring(1),
                        row.get(key).asDouble());
            }
        }
    }

    /** The version of PyTorch; empty if there is none. */
    String version() {
        return tree.path("torch").asText("");
    }

    private JsonNode row(String network, Precision precision, int batch) {
        for (JsonNode row : tree.path("rows")) {
            if (row.path("network").asText().equals(network)
                    && row.path("precision").asText().equals(precision.label())
                    && row.path("batch").asInt() == batch) {
                return row;
            }
        }
        return MissingNode.getInstance();
    }

    private static String text(JsonNode micros) {
        return micros.isNumber() ? "%.1f".formatted(micros.asDouble()) : "-";
    }
}
