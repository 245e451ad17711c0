package io.azimuth.registration.icp;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * Which directions of a pose a scan does not observe. The Hessian's rotation part is scaled by a
 * length so that turns and shifts compare; eigenvectors whose value is below a share of the largest
 * are unobserved, and a correction keeps only its part in the others (solution remapping: Zhang,
 * Kaess, Singh, "On degeneracy of optimization-based state estimation problems", ICRA 2016).
 */
final class Degeneracy {
    private Degeneracy() {}

    /**
     * The 6x6 projection that removes unobserved directions from a correction, or null if there are
     * none.
     *
     * @param hessian row-major 6x6, order (rotation, translation)
     * @param lengthM typical lever of a rotation, metres
     * @param minShare of the largest eigenvalue that an observed direction has at least
     */
    static double @Nullable [] projection(double[] hessian, double lengthM, double minShare) {
        DMatrixRMaj scaled = new DMatrixRMaj(6, 6);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double s = (i < 3 ? 1 / lengthM : 1) * (j < 3 ? 1 / lengthM : 1);
                scaled.set(i, j, s * hessian[6 * i + j]);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(6, true, true);
        if (!eigen.decompose(scaled)) {
            return new double[36]; // nothing can be trusted
        }
        double largest = 0;
        for (int i = 0; i < 6; i++) {
            largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
        }
        double[] projection = new double[36];
        boolean all = true;
        for (int k = 0; k < 6; k++) {
            if (largest > 0 && eigen.getEigenvalue(k).getReal() >= minShare * largest) {
                addOuterProduct(projection, eigen.getEigenVector(k), lengthM);
            } else {
                all = false;
            }
        }
        return all ? null : projection;
    }

    /** Adds {@code S^-1 v v^T S}, with S the scaling of rotations by the length. */
    private static void addOuterProduct(double[] projection, DMatrixRMaj v, double lengthM) {
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double s = (i < 3 ? 1 / lengthM : 1) * (j < 3 ? lengthM : 1);
                projection[6 * i + j] += s * v.get(i) * v.get(j);
            }
        }
    }
}
