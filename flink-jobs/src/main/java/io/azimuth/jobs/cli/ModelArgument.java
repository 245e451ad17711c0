package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The bundle that a command looks at, and how it tells what it saw. */
final class ModelArgument {
    @Parameters(
            paramLabel = "BUNDLE",
            description =
                    "Folder, or uncompressed tar archive, with manifest.json and the network.")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    ModelBundle read() throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        return BundleReader.read(folder);
    }

    /** What every command says first. */
    static ObjectNode row(ModelBundle bundle) {
        ObjectNode out = Json.row();
        out.put("name", bundle.manifest().name()).put("version", bundle.manifest().version());
        return out.put("sha256", bundle.sha256());
    }

    /** One line a key, or one object. */
    void tell(CommandSpec spec, ObjectNode tree) {
        Talk talk = new Talk(spec);
        if (json) {
            talk.data(tree.toString());
            return;
        }
        tree.fields()
                .forEachRemaining(
                        e -> {
                            Object value =
                                    e.getValue().isTextual() ? e.getValue().asText() : e.getValue();
                            talk.data(Talk.printable("%-18s %s".formatted(e.getKey(), value)));
                        });
    }

    static void putTensors(ArrayNode to, List<TensorSpec> specs) {
        for (TensorSpec tensor : specs) {
            to.add(
                    "%s %s %s: %s"
                            .formatted(
                                    tensor.name(),
                                    tensor.shapeText(),
                                    tensor.layout(),
                                    tensor.semantic()));
        }
    }
}
