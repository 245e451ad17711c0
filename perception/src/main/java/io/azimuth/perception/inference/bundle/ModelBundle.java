package io.azimuth.perception.inference.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A bundle whose files are those of its manifest and whose network passed the scan. What is still
 * open is what only an engine can tell: the signature and the golden run. Immutable; may be shared
 * between threads.
 */
public final class ModelBundle {
    /** A network's bytes and what the scan found in them. */
    record Body(byte[] network, OnnxSummary summary) {}

    private final Manifest manifest;
    private final Precision precision;
    private final Map<Precision, Body> bodies;
    private final Map<String, byte[]> files;
    private final String digest;

    ModelBundle(
            Manifest manifest,
            Map<Precision, Body> bodies,
            Map<String, byte[]> files,
            String digest) {
        this(manifest, Precision.FLOAT32, bodies, files, digest);
    }

    private ModelBundle(
            Manifest manifest,
            Precision precision,
            Map<Precision, Body> bodies,
            Map<String, byte[]> files,
            String digest) {
        this.digest = digest;
        this.manifest = manifest;
        this.precision = precision;
        this.bodies = bodies;
        this.files = files;
    }

    /** The precisions that the bundle has, float32 always. */
    public List<Precision> precisions() {
        return List.copyOf(bodies.keySet());
    }

    public Precision precision() {
        return precision;
    }

    /**
     * The bundle with its network in another precision: other bytes, hashes, digest and tolerances
     * of the golden runs.
     *
     * @throws IllegalArgumentException if it has none, naming those that it has
     */
    public ModelBundle at(Precision wanted) {
        if (wanted == precision) {
            return this;
        }
        for (Manifest.Variant variant : manifest.variants()) {
            if (variant.precision() == wanted && precision == Precision.FLOAT32) {
                String own = digest + "\n" + wanted.label();
                return new ModelBundle(
                        manifest.of(variant),
                        wanted,
                        bodies,
                        files,
                        BundleFiles.sha256(own.getBytes(StandardCharsets.UTF_8)));
            }
        }
        throw new IllegalArgumentException(
                "bundle '%s' is in %s here, wanted is %s of %s"
                        .formatted(
                                manifest.name(),
                                precision.label(),
                                wanted.label(),
                                precisions().stream().map(Precision::label).toList()));
    }

    private Body body() {
        Body body = bodies.get(precision);
        if (body == null) {
            throw new IllegalStateException("no network in " + precision);
        }
        return body;
    }

    public Manifest manifest() {
        return manifest;
    }

    public OnnxSummary summary() {
        return body().summary();
    }

    /**
     * SHA-256 of the manifest, which holds those of all files, and of the precision: what
     * identifies all that the bundle can change in a result, calibration and suppression included.
     */
    public String digest() {
        return digest;
    }

    /** SHA-256 of the network alone: what a loaded session is shared by. */
    public String sha256() {
        return manifest.onnx().sha256();
    }

    /** The bytes of the network; not to be changed. */
    public byte[] network() {
        return body().network();
    }

    /** The golden runs in the manifest's order. */
    public List<GoldenRun> goldenRuns() {
        List<GoldenRun> out = new ArrayList<>();
        for (Manifest.Golden golden : manifest.golden()) {
            List<float[]> in = split(golden.in(), manifest.inputs());
            List<float[]> result = split(golden.out(), manifest.outputs());
            int batch = in.get(0).length / manifest.inputs().get(0).rowElements();
            if (result.get(0).length / manifest.outputs().get(0).rowElements() != batch) {
                throw new ModelRejected(
                        ModelRejected.Code.GOLDEN,
                        "%s and %s have different numbers of rows"
                                .formatted(golden.in(), golden.out()));
            }
            out.add(new GoldenRun(golden, batch, in, result));
        }
        return Collections.unmodifiableList(out);
    }

    /**
     * One recorded run.
     *
     * @param inputs one array for each input, {@code batch} rows each
     * @param outputs one array for each output, {@code batch} rows each
     */
    public record GoldenRun(
            Manifest.Golden source, int batch, List<float[]> inputs, List<float[]> outputs) {}

    /** Cuts a golden file into its tensors; the number of rows follows from its size. */
    private List<float[]> split(String name, List<TensorSpec> specs) {
        byte[] data = files.get(name);
        if (data == null) {
            throw new ModelRejected(
                    ModelRejected.Code.FILES,
                    "golden file " + name + " is not listed under 'files'");
        }
        if (name.endsWith(SparseFloats.SUFFIX)) {
            data = SparseFloats.expand(name, data, rowBytes(specs));
        }
        long rowBytes = rowBytes(specs);
        long rows = data.length / rowBytes;
        if (rows < 1 || rows > manifest.limits().maxBatch() || rows * rowBytes != data.length) {
            throw new ModelRejected(
                    ModelRejected.Code.GOLDEN,
                    "%s has %d bytes, accepted 1 to %d rows of %d"
                            .formatted(name, data.length, manifest.limits().maxBatch(), rowBytes));
        }
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        List<float[]> out = new ArrayList<>();
        for (TensorSpec spec : specs) {
            float[] values = new float[(int) rows * spec.rowElements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = bytes.getFloat();
            }
            out.add(values);
        }
        return out;
    }

    private static long rowBytes(List<TensorSpec> specs) {
        long bytes = 0;
        for (TensorSpec spec : specs) {
            bytes += (long) Float.BYTES * spec.rowElements();
        }
        return bytes;
    }
}
