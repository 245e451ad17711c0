package io.azimuth.perception.invariant.network;

import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.EncoderInfo;
import io.azimuth.perception.invariant.Encoding;
import io.azimuth.perception.invariant.inputs.CropInputs;
import io.azimuth.perception.invariant.inputs.InputConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A crop encoder that is a network. Every run has the same number of rows, the last ones padded: an
 * engine sums differently for other numbers of rows, and a crop's encoding must not depend on its
 * company. Not thread-safe; the network is shared with all encoders of the JVM.
 */
public final class NetworkCropEncoder implements CropEncoder {
    private final EncoderInfo info;
    private final EncoderContract contract;
    private final CropInputs inputs;
    private final LoadedModel model;
    private final Lease lease;
    private final int batch;
    private final FloatBuffer[] tensors;
    private final FloatBuffer embeddings;
    private final FloatBuffer logits;
    private final List<Pending> pending = new ArrayList<>();
    private final double[] sight = new double[3];
    private int filled;

    /** A crop whose rows are being filled or run. */
    private static final class Pending {
        final CropStatus status;
        final double azimuth;
        final int rows;
        final double[] embedding = new double[EncoderContract.WIDTH];
        final double[] logits;
        final double[] heading = new double[EncoderContract.HEADING_WIDTH];
        int run;

        Pending(CropStatus status, double azimuth, int rows, int classes) {
            this.status = status;
            this.azimuth = azimuth;
            this.rows = rows;
            this.logits = new double[classes];
        }
    }

    /**
     * Loads the network, or shares it with those who have.
     *
     * @param batch rows of a run; more than the bundle allows is cut to that
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if the bundle is of another
     *     contract, or the engine refuses it
     */
    public NetworkCropEncoder(ModelBundle bundle, InferenceBackend backend, int batch) {
        InputConfig config = EncoderContract.config(bundle.manifest());
        inputs = CropInputs.of(config);
        contract = EncoderContract.of(bundle.manifest(), inputs, config);
        this.batch = Math.min(batch, bundle.manifest().limits().maxBatch());
        info =
                new EncoderInfo(
                        config.option().label(),
                        config.group(),
                        config.option().exact(),
                        config.points(),
                        bundle.manifest().classes(),
                        contract.dimensions(),
                        bundle.digest());
        model = backend.load(bundle, new LoadOptions(this.batch));
        try {
            lease = model.acquire();
        } catch (RuntimeException | Error e) { // as out of memory for its buffers
            model.close();
            throw e;
        }
        tensors = buffers();
        embeddings = lease.output(EncoderContract.EMBEDDING);
        logits = lease.output(EncoderContract.LOGITS);
    }

    /** The network's buffers where it reads a tensor, else ones that nobody reads. */
    private FloatBuffer[] buffers() {
        FloatBuffer[] out = new FloatBuffer[inputs.specs().size()];
        for (int i = 0; i < contract.places().length; i++) {
            out[contract.places()[i]] = lease.input(contract.specs().get(i).name());
        }
        for (int t = 0; t < out.length; t++) {
            if (out[t] == null) {
                TensorSpec spec = inputs.specs().get(t);
                out[t] = FloatBuffer.allocate(batch * spec.rowElements());
            }
        }
        return out;
    }

    @Override
    public EncoderInfo info() {
        return info;
    }

    /** How unlike everything taught an encoding is. */
    public UnknownScore unknownScore() {
        return contract.unknown();
    }

    @Override
    public List<Encoding> encode(List<Crop> crops) {
        List<Encoding> out = new ArrayList<>(crops.size());
        pending.clear();
        filled = 0;
        int classes = info.classes().size();
        for (Crop crop : crops) {
            CropStatus status = inputs.prepare(crop);
            inputs.sightLine(sight);
            Pending next =
                    new Pending(
                            status,
                            HeadingReader.azimuth(sight, crop.up()),
                            inputs.rows(),
                            classes);
            pending.add(next);
            for (int part = 0; part < next.rows; part++) {
                inputs.write(part, tensors, filled++);
                if (filled == batch) {
                    run(out);
                }
            }
        }
        if (filled > 0) {
            run(out);
        }
        return out;
    }

    private void run(List<Encoding> out) {
        for (int row = filled; row < batch; row++) {
            for (FloatBuffer tensor : tensors) {
                int width = tensor.capacity() / batch;
                tensor.put(row * width, tensor, 0, width);
            }
        }
        lease.run(batch);
        int row = 0;
        while (row < filled) {
            Pending crop = pending.get(0);
            add(crop, row++);
            if (crop.run == crop.rows) {
                out.add(encoding(crop));
                pending.remove(0);
            }
        }
        filled = 0;
    }

    private void add(Pending crop, int row) {
        for (int i = 0; i < crop.embedding.length; i++) {
            crop.embedding[i] += embeddings.get(row * crop.embedding.length + i);
        }
        for (int i = 0; i < crop.logits.length; i++) {
            crop.logits[i] += logits.get(row * crop.logits.length + i);
        }
        if (contract.heading()) {
            FloatBuffer heading = lease.output(EncoderContract.HEADING);
            for (int i = 0; i < crop.heading.length; i++) {
                crop.heading[i] += heading.get(row * crop.heading.length + i);
            }
        }
        crop.run++;
    }

    private Encoding encoding(Pending crop) {
        double squares = 0;
        for (double value : crop.embedding) {
            squares += value * value;
        }
        double length = Math.sqrt(squares);
        float[] embedding = new float[crop.embedding.length];
        for (int i = 0; i < embedding.length; i++) {
            embedding[i] = (float) (length > 0 ? crop.embedding[i] / length : i == 0 ? 1 : 0);
        }
        float[] calibrated = new float[crop.logits.length];
        for (int i = 0; i < calibrated.length; i++) {
            calibrated[i] = (float) (crop.logits[i] / crop.rows / contract.temperature());
        }
        double cos2 = crop.heading[0] / crop.rows;
        double sin2 = crop.heading[1] / crop.rows;
        double front = crop.heading[2] / crop.rows;
        boolean told = contract.heading() && Double.isFinite(crop.azimuth) && crop.run > 0;
        return new Encoding(
                crop.status,
                embedding,
                calibrated,
                told ? HeadingReader.yaw(crop.azimuth, cos2, sin2, front) : Double.NaN,
                told ? HeadingReader.axisCertainty(cos2, sin2) : 0,
                told ? HeadingReader.frontCertainty(front) : 0.5);
    }

    @Override
    public void close() {
        lease.close();
        model.close();
    }
}
