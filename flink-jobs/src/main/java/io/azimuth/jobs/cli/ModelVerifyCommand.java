package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
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
        try (LoadedModel model = backend.load(bundle, LoadOptions.single())) {
            long loaded = System.nanoTime();
            ObjectNode out = ModelArgument.row(bundle);
            out.put("verdict", "accepted").put("engine", backend.name() + " " + version);
            out.put("goldenRuns", model.stats().runs());
            out.put("readMillis", 1e-6 * (read - begun));
            out.put("loadMillis", 1e-6 * (loaded - read));
            argument.tell(spec, out);
        }
        return 0;
    }
}
