package io.azimuth.jobs.pipeline;

import io.azimuth.perception.inference.Capability;
import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.ModelSignature;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.onnxruntime.TestBundles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An engine that answers each row of the small test bundle by {@code 2 x + 1} of its first number,
 * whatever the network says, and does before what a test wants: take time, fail.
 */
final class ArithmeticEngine implements InferenceBackend {
    /** What comes before the answer; may throw what an engine throws. */
    interface Before {
        void run(float[] firstNumbers);
    }

    private final String name;
    private final Before before;

    ArithmeticEngine(String name, Before before) {
        this.name = name;
        this.before = before;
    }

    static float answer(float x) {
        return 2 * x + 1;
    }

    /** The small bundle, for batches of up to eight rows. */
    static ModelBundle bundle(Path dir) throws IOException {
        Path folder = TestBundles.copy("tiny", dir);
        Path manifest = folder.resolve("manifest.json");
        String text = Files.readString(manifest).replace("\"maxBatch\": 4", "\"maxBatch\": 8");
        Files.writeString(manifest, text);
        return BundleReader.read(folder);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Capability probe() {
        return Capability.available("1");
    }

    @Override
    public LoadedModel load(ModelBundle bundle, LoadOptions options) {
        ModelSignature signature =
                new ModelSignature(
                        bundle.manifest().inputs(),
                        bundle.manifest().outputs(),
                        options.maxBatch());
        return new Model(signature, before);
    }

    private record Model(ModelSignature signature, Before before) implements LoadedModel {
        @Override
        public String sha256() {
            return "arithmetic";
        }

        @Override
        public Lease acquire() {
            return new Rows(signature, before);
        }

        @Override
        public InferenceStats stats() {
            return new InferenceStats(0, 0, 0, 0, 0);
        }

        @Override
        public void close() {
            // nothing native
        }
    }

    private static final class Rows implements Lease {
        private final int inElements;
        private final int outElements;
        private final Before before;
        private FloatBuffer in;
        private FloatBuffer out;

        Rows(ModelSignature signature, Before before) {
            this.before = before;
            inElements = signature.inputs().get(0).rowElements();
            outElements = signature.outputs().get(0).rowElements();
            in = DirectBuffers.allocate(signature.maxBatch() * inElements);
            out = DirectBuffers.allocate(signature.maxBatch() * outElements);
        }

        @Override
        public FloatBuffer input(String name) {
            return in;
        }

        @Override
        public FloatBuffer output(String name) {
            return out;
        }

        @Override
        public void bind(String name, FloatBuffer buffer) {
            if (name.equals("x")) {
                in = buffer;
            } else {
                out = buffer;
            }
        }

        @Override
        public void run(int batch) {
            float[] first = new float[batch];
            for (int i = 0; i < batch; i++) {
                first[i] = in.get(i * inElements);
            }
            before.run(first);
            for (int i = 0; i < batch; i++) {
                out.put(i * outElements, answer(first[i]));
            }
        }

        @Override
        public void close() {
            // Java's own memory
        }
    }
}
