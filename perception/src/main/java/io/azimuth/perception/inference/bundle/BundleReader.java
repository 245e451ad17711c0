package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads bundles. What it returns has been looked through; what it refuses, it refuses with {@link
 * ModelRejected} before any native library is touched.
 */
public final class BundleReader {
    private static final String MANIFEST = "manifest.json";
    private static final long MAX_MANIFEST_BYTES = 1 << 20;
    private static final long MAX_TOTAL_BYTES = 1L << 30;

    private BundleReader() {}

    /**
     * The bundle in a folder or in an uncompressed tar archive.
     *
     * @throws ModelRejected if anything about it is not accepted
     * @throws IOException if a file cannot be read
     */
    public static ModelBundle read(Path path) throws IOException {
        try (BundleFiles files = BundleFiles.open(path)) {
            return read(path.toString(), files);
        }
    }

    /**
     * The bundle that stands on the class path beside a class.
     *
     * @param folder below the package of {@code anchor}
     * @throws ModelRejected if there is none, or anything about it is not accepted
     * @throws IOException if a file cannot be read
     */
    public static ModelBundle readResource(Class<?> anchor, String folder) throws IOException {
        try (BundleFiles files = new BundleResources(anchor, folder)) {
            return read(folder, files);
        }
    }

    private static ModelBundle read(String path, BundleFiles folder) throws IOException {
        if (!folder.has(MANIFEST)) {
            throw new ModelRejected(Code.NOT_A_BUNDLE, path + ": no " + MANIFEST + " in it");
        }
        byte[] words = folder.read(MANIFEST, MAX_MANIFEST_BYTES);
        Manifest manifest = ManifestReader.read(words);
        folder.requireOnly(listed(manifest));
        Map<Precision, ModelBundle.Body> bodies = new EnumMap<>(Precision.class);
        bodies.put(Precision.FLOAT32, body(folder, manifest, manifest.onnx()));
        for (Manifest.Variant variant : manifest.variants()) {
            bodies.put(variant.precision(), body(folder, manifest, variant.onnx()));
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Manifest.ListedFile file : manifest.files()) {
            files.put(file.file(), folder.readVerified(file.file(), file.sha256(), file.bytes()));
        }
        return new ModelBundle(manifest, bodies, files, BundleFiles.sha256(words));
    }

    /** A network's bytes, once they are looked through. */
    private static ModelBundle.Body body(
            BundleFiles folder, Manifest manifest, Manifest.Network onnx) throws IOException {
        byte[] network = folder.readVerified(onnx.file(), onnx.sha256(), onnx.bytes());
        OnnxSummary summary =
                OnnxScan.scan(network, manifest.inputs(), manifest.limits().maxBatch());
        if (summary.opset() != onnx.opset() || summary.irVersion() != onnx.irVersion()) {
            throw new ModelRejected(
                    Code.OPSET,
                    "%s is of opset %d, IR %d; the manifest says %d, %d"
                            .formatted(
                                    onnx.file(),
                                    summary.opset(),
                                    summary.irVersion(),
                                    onnx.opset(),
                                    onnx.irVersion()));
        }
        return new ModelBundle.Body(network, summary);
    }

    private static TreeSet<String> listed(Manifest manifest) {
        TreeSet<String> names = new TreeSet<>();
        names.add(MANIFEST);
        long total = add(names, manifest.onnx().file(), manifest.onnx().bytes());
        for (Manifest.Variant variant : manifest.variants()) {
            total += add(names, variant.onnx().file(), variant.onnx().bytes());
        }
        for (Manifest.ListedFile file : manifest.files()) {
            total += add(names, file.file(), file.bytes());
        }
        if (total > MAX_TOTAL_BYTES) {
            throw new ModelRejected(
                    Code.TOO_LARGE,
                    "the files have %d bytes together, accepted up to %d"
                            .formatted(total, MAX_TOTAL_BYTES));
        }
        return names;
    }

    private static long add(TreeSet<String> names, String file, long bytes) {
        if (!names.add(file)) {
            throw new ModelRejected(Code.MANIFEST, "the manifest lists " + file + " twice");
        }
        return bytes;
    }
}
