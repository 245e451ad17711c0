package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * The universal manifold embedding of a weighted point set in three dimensions: row k is {@code
 * [sum w_k, sum w_k x]} for K weights that a rigid motion does not change. The column space does
 * not depend on the pose; the pose between two sets follows in closed form. Source: Efraim and
 * Francos, "The universal manifold embedding for estimating rigid transformations of point clouds"
 * (2019). Mode G uses {@link UmeMoments} instead, where only yaw is unknown.
 *
 * <p>Sums are taken relative to a centre near the points, for digits. Not thread-safe.
 */
final class UmeMatrix {
    private static final double MIN_SINGULAR_RATIO = 0.02;
    private static final double MIN_NORM = 1e-12;

    final int channels;
    final double[] rows; // [k][m, fx, fy, fz]
    final double centreX;
    final double centreY;
    final double centreZ;

    UmeMatrix(int channels, double centreX, double centreY, double centreZ) {
        this.channels = channels;
        this.centreX = centreX;
        this.centreY = centreY;
        this.centreZ = centreZ;
        rows = new double[4 * channels];
    }

    /** Adds a point with its weights, one a channel, none negative. */
    void add(double x, double y, double z, double[] weights) {
        double dx = x - centreX;
        double dy = y - centreY;
        double dz = z - centreZ;
        for (int k = 0; k < channels; k++) {
            double w = weights[k];
            rows[4 * k] += w;
            rows[4 * k + 1] += w * dx;
            rows[4 * k + 2] += w * dy;
            rows[4 * k + 3] += w * dz;
        }
    }

    /**
     * Distance of the column spaces' projectors, {@code sqrt(4 - |Qf^T Qg|^2)}: 0 for the same set
     * in any pose (and for affine images of it), 2 for orthogonal spaces.
     */
    static double distance(UmeMatrix f, UmeMatrix g) {
        double[] qf = f.orthonormal();
        double[] qg = g.orthonormal();
        double sum = 0;
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                double dot = 0;
                for (int k = 0; k < f.channels; k++) {
                    dot += qf[4 * k + a] * qg[4 * k + b];
                }
                sum += dot * dot;
            }
        }
        return Math.sqrt(Math.max(0, 4 - sum));
    }

    /** Orthonormal columns that span this matrix's; zero columns where its rank is short. */
    double[] orthonormal() {
        double[] q = rows.clone();
        for (int c = 0; c < 4; c++) {
            double before = norm(q, c);
            for (int pass = 0; pass < 2; pass++) { // twice is enough (Kahan)
                for (int b = 0; b < c; b++) {
                    double dot = 0;
                    for (int k = 0; k < channels; k++) {
                        dot += q[4 * k + b] * q[4 * k + c];
                    }
                    for (int k = 0; k < channels; k++) {
                        q[4 * k + c] -= dot * q[4 * k + b];
                    }
                }
            }
            double n = norm(q, c);
            double scale = n > MIN_NORM * before && n > 0 ? 1 / n : 0;
            for (int k = 0; k < channels; k++) {
                q[4 * k + c] *= scale;
            }
        }
        return q;
    }

    private double norm(double[] q, int column) {
        double sum = 0;
        for (int k = 0; k < channels; k++) {
            sum += q[4 * k + column] * q[4 * k + column];
        }
        return Math.sqrt(sum);
    }

    /**
     * {@code targetFromSource} in closed form, or null if the moments do not fix a rotation: {@code
     * sigma_2 / sigma_1} below 0.02, all on a line.
     */
    static @Nullable RigidTransform pose(UmeMatrix target, UmeMatrix source) {
        double[] a = Arrays.copyOf(source.rows, source.rows.length);
        double[] b = Arrays.copyOf(target.rows, target.rows.length);
        double[] cf = centred(a, source.rows);
        double[] cg = centred(b, source.rows);
        DMatrixRMaj h = new DMatrixRMaj(3, 3);
        for (int k = 0; k < source.channels; k++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    h.data[3 * i + j] += a[4 * k + 1 + i] * b[4 * k + 1 + j];
                }
            }
        }
        double[] r = rotation(h);
        if (r == null) {
            return null;
        }
        double fx = cf[0] + source.centreX;
        double fy = cf[1] + source.centreY;
        double fz = cf[2] + source.centreZ;
        return RigidTransform.of(
                r,
                cg[0] + target.centreX - (r[0] * fx + r[1] * fy + r[2] * fz),
                cg[1] + target.centreY - (r[3] * fx + r[4] * fy + r[5] * fz),
                cg[2] + target.centreZ - (r[6] * fx + r[7] * fy + r[8] * fz));
    }

    /** Rows [m, A]: the first moments about the covariant centre that the masses weigh. */
    double[] centred() {
        double[] out = rows.clone();
        centred(out, rows);
        return out;
    }

    /**
     * Subtracts the covariant centre {@code (a.F1)/(a.m)} from the rows, weights a of {@code by}.
     */
    private static double[] centred(double[] f, double[] by) {
        double mass = 0;
        double[] c = new double[3];
        for (int k = 0; k < f.length; k += 4) {
            mass += by[k] * f[k];
            for (int i = 0; i < 3; i++) {
                c[i] += by[k] * f[k + 1 + i];
            }
        }
        for (int i = 0; i < 3; i++) {
            c[i] /= mass;
        }
        for (int k = 0; k < f.length; k += 4) {
            for (int i = 0; i < 3; i++) {
                f[k + 1 + i] -= f[k] * c[i];
            }
        }
        return c;
    }

    private static double @Nullable [] rotation(DMatrixRMaj h) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(3, 3, true, true, false);
        if (!svd.decompose(h.copy())) {
            return null;
        }
        double[] s = svd.getSingularValues();
        int least = 0;
        double most = 0;
        for (int i = 0; i < 3; i++) {
            least = s[i] < s[least] ? i : least;
            most = Math.max(most, s[i]);
        }
        int strong = 0;
        for (int i = 0; i < 3; i++) {
            strong += s[i] >= MIN_SINGULAR_RATIO * MIN_SINGULAR_RATIO * most ? 1 : 0;
        }
        if (!(most > 0) || strong < 2) {
            return null;
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        DMatrixRMaj r = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransB(v, u, r);
        if (CommonOps_DDRM.det(r) < 0) { // a reflection fits better: the nearest rotation instead
            for (int i = 0; i < 3; i++) {
                v.data[3 * i + least] *= -1;
            }
            CommonOps_DDRM.multTransB(v, u, r);
        }
        return r.data;
    }
}
