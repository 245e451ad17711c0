package io.azimuth.perception.invariant.places;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A linear map of raw place descriptors to fewer numbers. Fitted to pairs of sweeps of one place:
 * directions in which a place differs from itself are weighed down, then those in which places
 * differ most are kept (linear discriminant analysis with one class a place). Immutable,
 * thread-safe.
 */
public final class PlaceProjection {
    private static final int MAGIC = 0x415a5050; // AZPP
    private static final String RESOURCE = "concentric.projection";
    private static final int MOST = 1 << 14;

    private final float[] mean;
    private final float[] rows; // [length][mean.length]

    private PlaceProjection(float[] mean, float[] rows) {
        this.mean = mean;
        this.rows = rows;
    }

    /** Numbers it makes. */
    public int length() {
        return rows.length / mean.length;
    }

    float[] apply(float[] raw) {
        if (raw.length != mean.length) {
            throw new IllegalArgumentException(
                    "raw descriptor has %d numbers, expected %d"
                            .formatted(raw.length, mean.length));
        }
        float[] centred = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            centred[i] = raw[i] - mean[i];
        }
        float[] out = new float[length()];
        for (int r = 0; r < out.length; r++) {
            out[r] = (float) Vectors.dot(rows, r * mean.length, centred, 0, mean.length);
        }
        return out;
    }

    /**
     * Fits a projection.
     *
     * @param first raw descriptors of places
     * @param second of the same places, seen again
     * @param length numbers to keep
     * @param ridge what is added to the differences' covariance, as a share of its mean variance;
     *     above 0
     */
    public static PlaceProjection fit(
            List<float[]> first, List<float[]> second, int length, double ridge) {
        int d = first.get(0).length;
        double[] mean = new double[d];
        for (float[] v : first) {
            for (int i = 0; i < d; i++) {
                mean[i] += v[i] / first.size();
            }
        }
        DMatrixRMaj within = new DMatrixRMaj(d, d);
        DMatrixRMaj all = new DMatrixRMaj(d, d);
        double[] v = new double[d];
        for (int k = 0; k < first.size(); k++) {
            for (int i = 0; i < d; i++) {
                v[i] = first.get(k)[i] - second.get(k)[i];
            }
            addOuter(within, v, 0.5 / first.size());
            for (int i = 0; i < d; i++) {
                v[i] = first.get(k)[i] - mean[i];
            }
            addOuter(all, v, 1.0 / first.size());
        }
        double floor = ridge * CommonOps_DDRM.trace(within) / d + 1e-12;
        DMatrixRMaj whitener = new DMatrixRMaj(d, d);
        EigenDecomposition_F64<DMatrixRMaj> e = eigen(within);
        for (int k = 0; k < d; k++) {
            double value = Math.max(0, e.getEigenvalue(k).getReal());
            addOuter(whitener, e.getEigenVector(k).data, 1 / Math.sqrt(value + floor));
        }
        DMatrixRMaj half = new DMatrixRMaj(d, d);
        DMatrixRMaj whitened = new DMatrixRMaj(d, d);
        CommonOps_DDRM.mult(whitener, all, half);
        CommonOps_DDRM.mult(half, whitener, whitened);
        return new PlaceProjection(floats(mean), strongest(whitened, whitener, length));
    }

    private static EigenDecomposition_F64<DMatrixRMaj> eigen(DMatrixRMaj m) {
        EigenDecomposition_F64<DMatrixRMaj> e =
                DecompositionFactory_DDRM.eig(m.numRows, true, true);
        if (!e.decompose(m.copy())) {
            throw new IllegalStateException("the covariance has no eigenvectors");
        }
        return e;
    }

    private static void addOuter(DMatrixRMaj to, double[] v, double weight) {
        int d = v.length;
        for (int i = 0; i < d; i++) {
            double w = weight * v[i];
            for (int j = 0; j < d; j++) {
                to.data[i * d + j] += w * v[j];
            }
        }
    }

    /** Rows of the projection: the strongest directions after whitening, strongest first. */
    private static float[] strongest(DMatrixRMaj whitened, DMatrixRMaj whitener, int length) {
        int d = whitener.numRows;
        EigenDecomposition_F64<DMatrixRMaj> e = eigen(whitened);
        Integer[] order = new Integer[d];
        java.util.Arrays.setAll(order, k -> k);
        java.util.Arrays.sort(
                order, (a, b) -> Double.compare(value(e, b), value(e, a))); // stable on ties
        float[] rows = new float[length * d];
        DMatrixRMaj row = new DMatrixRMaj(d, 1);
        for (int r = 0; r < length; r++) {
            CommonOps_DDRM.mult(whitener, e.getEigenVector(order[r]), row);
            for (int i = 0; i < d; i++) {
                rows[r * d + i] = (float) row.data[i];
            }
        }
        return rows;
    }

    private static double value(EigenDecomposition_F64<DMatrixRMaj> e, int k) {
        return e.getEigenvalue(k).getReal();
    }

    private static float[] floats(double[] v) {
        float[] out = new float[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = (float) v[i];
        }
        return out;
    }

    /** As it is kept in a file. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(mean.length);
            out.writeInt(length());
            for (float f : mean) {
                out.writeFloat(f);
            }
            for (float f : rows) {
                out.writeFloat(f);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #toBytes} made.
     *
     * @param where names the source in messages
     * @throws MalformedDataException if it is something else
     */
    public static PlaceProjection read(String where, InputStream source) throws IOException {
        try (DataInputStream in = new DataInputStream(source)) {
            int magic = in.readInt();
            int from = in.readInt();
            int to = in.readInt();
            if (magic != MAGIC || from < 1 || from > MOST || to < 1 || to > from) {
                throw MalformedDataException.at(
                        where, 0, "no projection of places; accepted is what 'bench places' fits");
            }
            float[] mean = new float[from];
            float[] rows = new float[to * from];
            fill(in, mean);
            fill(in, rows);
            return new PlaceProjection(mean, rows);
        } catch (java.io.EOFException e) {
            throw new MalformedDataException(where + ": ends too early; copy it again", e);
        }
    }

    private static void fill(DataInputStream in, float[] to) throws IOException {
        for (int i = 0; i < to.length; i++) {
            to[i] = in.readFloat();
        }
    }

    /** The one that comes with the engine. */
    static PlaceProjection shipped() {
        InputStream in = PlaceProjection.class.getResourceAsStream(RESOURCE);
        if (in == null) {
            throw new IllegalStateException(RESOURCE + " is not in the jar");
        }
        try {
            return read(RESOURCE, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
