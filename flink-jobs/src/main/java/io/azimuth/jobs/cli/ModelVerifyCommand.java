package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Does all that a detector does before it trusts a bundle. */
@Command(
        name = "verify",
        description = "Check a bundle as a detector would: files, network, signature, golden runs.",
        mixinStandardHelpOptions = true)
final class ModelVerifyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ModelArgument argument = new ModelArgument();

    @Override
    public Integer call() throws IOException {
        InferenceBackend backend = new OrtBackend();
        String version = backend.probe().version(); // before the clock starts: once a process
        long begun = System.nanoTime();
        ModelBundle bundle = argument.read();
        long read = System.nanoTime();
        ObjectNode out = ModelArgument.row(bundle);
        out.put("engine", backend.name() + " " + version).put("readMillis", 1e-6 * (read - begun));
        verify(backend, bundle, out);
        ArrayNode variants = out.putArray("variants");
        for (Manifest.Variant variant : bundle.manifest().variants()) {
            ObjectNode row = variants.addObject().put("precision", variant.precision().label());
            verify(backend, bundle.at(variant.precision()), row);
        }
        out.put("verdict", "accepted");
        argument.tell(spec, out);
        return 0;
    }

    /** On this engine a variant computes the same numbers as on a GPU, only not as fast. */
    private static void verify(InferenceBackend backend, ModelBundle bundle, ObjectNode row) {
        long begun = System.nanoTime();
        try (LoadedModel model = backend.load(bundle, LoadOptions.single())) {
            row.put("goldenRuns", model.stats().runs());
            row.put("loadMillis", 1e-6 * (System.nanoTime() - begun));
        }
    }
}
