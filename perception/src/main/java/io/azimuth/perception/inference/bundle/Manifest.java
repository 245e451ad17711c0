package io.azimuth.perception.inference.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a bundle says of itself, read strictly: every key is known, every value in range.
 *
 * @param task what the network does, e.g. {@code polar-detection}
 * @param license SPDX identifier of the weights' licence
 * @param preprocessing what the input must be made like; owned and checked by the detector
 * @param postprocessing how the output is read; owned and checked by the detector
 * @param trainer how the weights came to be: plain values for readers
 * @param metrics scores with their data sets, for readers
 * @param files every further file of the folder
 * @param variants the same network in other precisions, at most one of each
 */
public record Manifest(
        String name,
        String version,
        String task,
        String license,
        List<DataSource> trainingData,
        Map<String, Object> trainer,
        Map<String, Object> metrics,
        Network onnx,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Map<String, Object> preprocessing,
        Map<String, Object> postprocessing,
        List<String> classes,
        List<Golden> golden,
        Limits limits,
        List<ListedFile> files,
        List<Variant> variants) {

    public Manifest {
        trainingData = List.copyOf(trainingData);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        classes = List.copyOf(classes);
        golden = List.copyOf(golden);
        files = List.copyOf(files);
        variants = List.copyOf(variants);
    }

    /** The manifest that a bundle of this variant alone would have. */
    Manifest of(Variant variant) {
        List<Golden> nearer = new ArrayList<>();
        for (Golden run : golden) {
            nearer.add(new Golden(run.in(), run.out(), variant.absTol(), variant.relTol()));
        }
        return new Manifest(
                name,
                version,
                task,
                license,
                trainingData,
                trainer,
                variant.metrics(),
                variant.onnx(),
                inputs,
                outputs,
                preprocessing,
                postprocessing,
                classes,
                nearer,
                limits,
                files,
                variants);
    }

    /** One data set that the weights were fitted to. */
    public record DataSource(String name, String license, String sha256, boolean synthetic) {}

    /** The network's file. */
    public record Network(String file, String sha256, long bytes, int opset, int irVersion) {}

    /**
     * The network in another precision; inputs and outputs are the same.
     *
     * @param absTol how far its golden runs may be from the recorded ones, as {@link Golden}
     * @param metrics what it costs in accuracy, for readers
     */
    public record Variant(
            Precision precision,
            Network onnx,
            double absTol,
            double relTol,
            Map<String, Object> metrics) {}

    /** Another file of the folder: golden tensors, licence, card. */
    public record ListedFile(String file, String sha256, long bytes) {}

    /**
     * A recorded run: little-endian float32, the inputs (outputs) one after another in the order of
     * the manifest, each with all rows of the batch.
     *
     * @param absTol accepted {@code |found - golden| <= absTol + relTol |golden|}
     */
    public record Golden(String in, String out, double absTol, double relTol) {}

    /**
     * What a run may cost.
     *
     * @param maxBatch rows of the largest batch
     * @param maxRunMillis what one run of the largest batch should take at most, for monitoring
     * @param arenaBytes native memory that one session is said to need, for planning; not enforced
     */
    public record Limits(int maxBatch, double maxRunMillis, long arenaBytes) {}
}
