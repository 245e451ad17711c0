package io.azimuth.perception.inference.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private final Manifest manifest;
    private final OnnxSummary summary;
    private final byte[] network;
    private final Map<String, byte[]> files;
    private final String digest;

    ModelBundle(
            Manifest manifest,
            OnnxSummary summary,
            byte[] network,
            Map<String, byte[]> files,
            String digest) {
        this.digest = digest;
        this.manifest = manifest;
        this.summary = summary;
        this.network = network;
        this.files = files;
    }

    public Manifest manifest() {
        return manifest;
    }

    public OnnxSummary summary() {
        return summary;
    }

    /**
     * SHA-256 of the manifest, which holds those of all files: what identifies all that the bundle
     * can change in a result, calibration and suppression included.
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
        return network;
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
