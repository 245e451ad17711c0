package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a bundle is, without running it. */
@Command(
        name = "info",
        description = "Say what a bundle holds; looks through every byte, runs nothing.",
        mixinStandardHelpOptions = true)
final class ModelInfoCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ModelArgument argument = new ModelArgument();

    @Override
    public Integer call() throws IOException {
        ModelBundle bundle = argument.read();
        argument.tell(spec, describe(bundle));
        return 0;
    }

    private static ObjectNode describe(ModelBundle bundle) {
        Manifest manifest = bundle.manifest();
        ObjectNode out = ModelArgument.row(bundle);
        out.put("task", manifest.task()).put("license", manifest.license());
        var data = out.putArray("trainingData");
        manifest.trainingData()
                .forEach(
                        d ->
                                data.add(
                                        "%s (%s%s)"
                                                .formatted(
                                                        d.name(),
                                                        d.license(),
                                                        d.synthetic() ? ", synthetic" : "")));
        out.put("opset", bundle.summary().opset()).put("nodes", bundle.summary().nodes());
        out.put("weights", bundle.summary().weights());
        out.put("weightBytes", bundle.summary().weightBytes());
        out.put("runElements", bundle.summary().runElements());
        out.put("runMultiplies", bundle.summary().runMultiplies());
        ModelArgument.putTensors(out.putArray("inputs"), manifest.inputs());
        ModelArgument.putTensors(out.putArray("outputs"), manifest.outputs());
        var classes = out.putArray("classes");
        manifest.classes().forEach(classes::add);
        out.set("preprocessing", MAPPER.valueToTree(manifest.preprocessing()));
        out.set("postprocessing", MAPPER.valueToTree(manifest.postprocessing()));
        out.set("metrics", MAPPER.valueToTree(manifest.metrics()));
        putVariants(out.putArray("variants"), bundle);
        out.put("goldenRuns", manifest.golden().size());
        out.put("maxBatch", manifest.limits().maxBatch());
        out.put("arenaBytes", manifest.limits().arenaBytes());
        out.put("bufferBytesPerRow", 4 * (row(manifest.inputs()) + row(manifest.outputs())));
        return out;
    }

    private static void putVariants(ArrayNode to, ModelBundle bundle) {
        for (Manifest.Variant variant : bundle.manifest().variants()) {
            ModelBundle at = bundle.at(variant.precision());
            ObjectNode row = to.addObject().put("precision", variant.precision().label());
            row.put("sha256", at.sha256()).put("bytes", variant.onnx().bytes());
            row.put("weightBytes", at.summary().weightBytes());
            row.put("absTol", variant.absTol()).put("relTol", variant.relTol());
            row.set("metrics", MAPPER.valueToTree(variant.metrics()));
        }
    }

    private static long row(List<TensorSpec> specs) {
        return specs.stream().mapToLong(TensorSpec::rowElements).sum();
    }
}
