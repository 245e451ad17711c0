package io.azimuth.perception.inference.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.bundle.Manifest.DataSource;
import io.azimuth.perception.inference.bundle.Manifest.Golden;
import io.azimuth.perception.inference.bundle.Manifest.Limits;
import io.azimuth.perception.inference.bundle.Manifest.ListedFile;
import io.azimuth.perception.inference.bundle.Manifest.Network;
import io.azimuth.perception.inference.bundle.Manifest.Variant;
import java.io.IOException;
import java.util.List;

/** Reads {@code manifest.json}: duplicate keys, unknown keys and trailing text are errors. */
final class ManifestReader {
    static final int FORMAT = 1;

    private static final long MAX_MODEL_BYTES = 512L << 20;
    private static final int MAX_BATCH = 64;
    private static final int MAX_GOLDEN = 16;
    private static final long MAX_TENSOR_ELEMENTS = 1L << 26;
    private static final long MAX_ARENA_BYTES = 8L << 30;
    private static final int MAX_NESTING = 16;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_NESTING)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** What rounding may do to the largest of some hundred thousand values. */
    private static final double MAX_VARIANT_TOLERANCE = 10;

    private ManifestReader() {}

    static Manifest read(byte[] json) {
        ManifestFields top = new ManifestFields(tree(json), "manifest");
        top.integer("format", FORMAT, FORMAT);
        Manifest manifest =
                new Manifest(
                        top.text("name"),
                        top.text("version"),
                        top.text("task"),
                        top.text("license"),
                        top.list("trainingData", ManifestReader::dataSource),
                        top.open("trainer"),
                        top.open("metrics"),
                        network(top.object("onnx")),
                        top.list("inputs", ManifestReader::tensor),
                        top.list("outputs", ManifestReader::tensor),
                        top.open("preprocessing"),
                        top.open("postprocessing"),
                        top.texts("classes"),
                        top.list("golden", ManifestReader::golden),
                        limits(top.object("limits")),
                        top.list("files", ManifestReader::listedFile),
                        top.listIfAny("variants", ManifestReader::variant));
        top.end();
        requireSense(manifest);
        return manifest;
    }

    private static ObjectNode tree(byte[] json) {
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw ManifestFields.rejected("manifest.json: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw ManifestFields.rejected("manifest.json cannot be read", e);
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw ManifestFields.rejected("manifest.json holds no object", null);
    }

    private static DataSource dataSource(ManifestFields in) {
        DataSource out =
                new DataSource(
                        in.text("name"),
                        in.text("license"),
                        in.sha256("sha256"),
                        in.flag("synthetic"));
        in.end();
        return out;
    }

    private static Network network(ManifestFields in) {
        Network out =
                new Network(
                        in.fileName("file"),
                        in.sha256("sha256"),
                        in.integer("bytes", 1, MAX_MODEL_BYTES),
                        (int) in.integer("opset", 1, 1000),
                        (int) in.integer("irVersion", 1, 1000));
        in.end();
        return out;
    }

    private static TensorSpec tensor(ManifestFields in) {
        String name = in.text("name");
        String dtype = in.text("dtype");
        if (!dtype.equals("float32")) {
            throw in.wrong("dtype", dtype, "float32");
        }
        TensorSpec out;
        try {
            out = new TensorSpec(name, in.shape("shape"), in.text("layout"), in.text("semantic"));
        } catch (IllegalArgumentException e) {
            throw ManifestFields.rejected("manifest: " + e.getMessage(), e);
        }
        in.end();
        return out;
    }

    private static Golden golden(ManifestFields in) {
        Golden out =
                new Golden(
                        in.fileName("in"),
                        in.fileName("out"),
                        in.number("absTol", 0, 1),
                        in.number("relTol", 0, 1));
        in.end();
        return out;
    }

    private static Variant variant(ManifestFields in) {
        String label = in.text("precision");
        List<String> accepted = Precision.labels().subList(1, Precision.values().length);
        if (!accepted.contains(label)) {
            throw in.wrong("precision", label, String.join(" or ", accepted));
        }
        Variant out =
                new Variant(
                        Precision.of(label),
                        network(in.object("onnx")),
                        in.number("absTol", 0, MAX_VARIANT_TOLERANCE),
                        in.number("relTol", 0, 1),
                        in.openIfAny("metrics"));
        in.end();
        return out;
    }

    private static Limits limits(ManifestFields in) {
        Limits out =
                new Limits(
                        (int) in.integer("maxBatch", 1, MAX_BATCH),
                        in.number("maxRunMillis", 0, 1e6),
                        in.integer("arenaBytes", 1, MAX_ARENA_BYTES));
        in.end();
        return out;
    }

    private static ListedFile listedFile(ManifestFields in) {
        ListedFile out =
                new ListedFile(
                        in.fileName("file"),
                        in.sha256("sha256"),
                        in.integer("bytes", 0, MAX_MODEL_BYTES));
        in.end();
        return out;
    }

    private static void requireSense(Manifest manifest) {
        requireSome("inputs", manifest.inputs());
        requireSome("outputs", manifest.outputs());
        requireSome("golden", manifest.golden());
        if (manifest.golden().size() > MAX_GOLDEN) {
            throw ManifestFields.rejected(
                    "manifest.golden has %d runs, accepted up to %d"
                            .formatted(manifest.golden().size(), MAX_GOLDEN),
                    null);
        }
        if (manifest.variants().stream().map(Variant::precision).distinct().count()
                != manifest.variants().size()) {
            throw ManifestFields.rejected("manifest.variants has a precision twice", null);
        }
        long names =
                java.util.stream.Stream.concat(
                                manifest.inputs().stream(), manifest.outputs().stream())
                        .map(TensorSpec::name)
                        .distinct()
                        .count();
        if (names != manifest.inputs().size() + manifest.outputs().size()) {
            throw ManifestFields.rejected("manifest: two tensors have the same name", null);
        }
        for (TensorSpec spec : manifest.inputs()) {
            requireRows(manifest, spec);
        }
        for (TensorSpec spec : manifest.outputs()) {
            requireRows(manifest, spec);
        }
        boolean batched =
                manifest.inputs().stream().allMatch(TensorSpec::batched)
                        && manifest.outputs().stream().allMatch(TensorSpec::batched);
        if (!batched && manifest.limits().maxBatch() != 1) {
            throw ManifestFields.rejected(
                    "manifest.limits.maxBatch is %d, but a tensor has one row only; accepted 1"
                            .formatted(manifest.limits().maxBatch()),
                    null);
        }
    }

    private static void requireRows(Manifest manifest, TensorSpec spec) {
        long elements = (long) manifest.limits().maxBatch() * spec.rowElements();
        if (elements > MAX_TENSOR_ELEMENTS) {
            throw ManifestFields.rejected(
                    "manifest: %d rows of '%s' have %d elements, accepted up to %d"
                            .formatted(
                                    manifest.limits().maxBatch(),
                                    spec.name(),
                                    elements,
                                    MAX_TENSOR_ELEMENTS),
                    null);
        }
    }

    private static void requireSome(String key, List<?> list) {
        if (list.isEmpty()) {
            throw ManifestFields.rejected(
                    "manifest." + key + " is empty, accepted at least one", null);
        }
    }
}
