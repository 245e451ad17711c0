package io.azimuth.perception.invariant.places;

import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.Encoding;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a place by what stands around: pieces of the sweep ({@link ScenePatches}), each encoded
 * by a crop encoder such as {@code ri-edge}, either pooled into one mean or kept as a set, which
 * {@link SetCode} turns into a vector. From each piece's embedding the mean of many is taken first,
 * else all look alike. One instance a thread.
 */
public final class PatchPlaces implements PlaceDescriptor {
    private static final long SEED = 32;

    private final CropEncoder encoder;
    private final float[] centre;
    private final SetCode code;
    private final boolean pooled;
    private final ScenePatches patches = new ScenePatches();

    /**
     * @param encoder of pieces; stays the caller's to close
     * @param centre mean of the embeddings of pieces, as {@link #centre} has it
     * @param pooled the mean of the pieces instead of a code of their set
     */
    public PatchPlaces(CropEncoder encoder, float[] centre, boolean pooled) {
        this.encoder = encoder;
        this.centre = centre.clone();
        this.pooled = pooled;
        code = new SetCode(SetCode.Shape.of(SEED));
    }

    /** Mean of the embeddings of the pieces of sweeps; zero if there are none. */
    public static float[] centre(CropEncoder encoder, List<Sweep> sweeps) {
        ScenePatches patches = new ScenePatches();
        double[] sum = new double[dimension(encoder)];
        int n = 0;
        for (Sweep sweep : sweeps) {
            for (Encoding e : encoder.encode(patches.cut(sweep))) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += e.embedding()[i];
                }
                n++;
            }
        }
        float[] out = new float[sum.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (sum[i] / Math.max(1, n));
        }
        return out;
    }

    private static int dimension(CropEncoder encoder) {
        List<Integer> dimensions = encoder.info().dimensions();
        return dimensions.get(dimensions.size() - 1);
    }

    @Override
    public String id() {
        return encoder.info().id() + (pooled ? "-pooled" : "-set");
    }

    @Override
    public int length() {
        return pooled ? centre.length : code.shape().length();
    }

    @Override
    public float[] describe(Sweep sweep) {
        List<float[]> found = embeddings(sweep);
        return Vectors.normalised(pooled ? mean(found) : code.document(joined(found)));
    }

    /** {@inheritDoc} Of a set: a code of its own kind, never to be kept. */
    @Override
    public float[] describeQuery(Sweep sweep) {
        return pooled ? describe(sweep) : Vectors.normalised(code.query(joined(embeddings(sweep))));
    }

    private List<float[]> embeddings(Sweep sweep) {
        List<Crop> crops = patches.cut(sweep);
        List<float[]> out = new ArrayList<>(crops.size());
        for (Encoding e : encoder.encode(crops)) {
            float[] v = e.embedding().clone();
            for (int i = 0; i < v.length; i++) {
                v[i] -= centre[i];
            }
            out.add(Vectors.normalised(v));
        }
        return out;
    }

    private float[] mean(List<float[]> of) {
        float[] out = new float[centre.length];
        for (float[] v : of) {
            for (int i = 0; i < out.length; i++) {
                out[i] += v[i];
            }
        }
        return out;
    }

    /** Prefixes of the code's dimension, of length 1, one after the other. */
    private float[] joined(List<float[]> of) {
        int d = code.shape().dimension();
        float[] out = new float[of.size() * d];
        for (int k = 0; k < of.size(); k++) {
            float[] prefix = Vectors.normalised(java.util.Arrays.copyOf(of.get(k), d));
            System.arraycopy(prefix, 0, out, k * d, d);
        }
        return out;
    }
}
