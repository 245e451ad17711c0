package io.azimuth.perception.inference.onnxruntime;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The small bundles of the tests, made by {@code perception/training/inference_models.py}. */
public final class TestBundles {
    private static final String ROOT = "/io/azimuth/perception/inference/";
    private static final List<String> FILES =
            List.of("manifest.json", "model.onnx", "golden/in.f32", "golden/out.f32", "LICENSE");
    private static final List<String> VARIANTS = List.of("model.fp16.onnx", "model.int8.onnx");
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestBundles() {}

    /**
     * Folder of a bundle: {@code tiny}, {@code rounded}, {@code roots} or {@code part}; from a
     * folder of classes only.
     */
    public static Path folder(String name) {
        try {
            return Path.of(TestBundles.class.getResource(ROOT + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of them, read; from a packed class path, too. */
    public static ModelBundle read(String name) throws IOException {
        return BundleReader.readResource(TestBundles.class, ROOT + name);
    }

    public static LoadedModel load(String name, int maxBatch) throws IOException {
        return new OrtBackend().load(read(name), new LoadOptions(maxBatch));
    }

    /** The networks that must be refused, in the order of their names. */
    static List<Path> hostileNetworks() throws IOException {
        try (Stream<Path> all = Files.list(folder("hostile"))) {
            return all.sorted().toList();
        }
    }

    /** A copy of a bundle that may be spoilt; works from a packed class path, too. */
    public static Path copy(String name, Path to) throws IOException {
        List<String> files = new ArrayList<>(FILES);
        if (name.equals("rounded")) {
            files.addAll(VARIANTS);
        }
        for (String file : files) {
            Path target = to.resolve(file);
            Files.createDirectories(target.getParent());
            try (InputStream in = TestBundles.class.getResourceAsStream(ROOT + name + "/" + file)) {
                Files.copy(in, target);
            }
        }
        return to;
    }

    /** Changes the manifest of a copy. */
    public static void editManifest(Path bundle, Consumer<ObjectNode> edit) throws IOException {
        Path file = bundle.resolve("manifest.json");
        ObjectNode tree = (ObjectNode) JSON.readTree(file.toFile());
        edit.accept(tree);
        Files.write(file, JSON.writeValueAsBytes(tree));
    }

    /** Puts another network in and makes the manifest's hash fit: what a forger would do. */
    static void replaceNetwork(Path bundle, byte[] network) throws IOException {
        Files.write(bundle.resolve("model.onnx"), network);
        editManifest(
                bundle,
                m ->
                        ((ObjectNode) m.get("onnx"))
                                .put("sha256", sha256(network))
                                .put("bytes", network.length));
    }

    static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
