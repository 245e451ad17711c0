package io.azimuth.registration.icp;

import java.util.Arrays;

/**
 * Which directions of a pose a scan does not observe. The Hessian's rotation part is scaled by a
 * length so that turns and shifts compare; eigenvectors whose value is below a share of the largest
 * are unobserved, and a correction keeps only its part in the others (solution remapping: Zhang,
 * Kaess, Singh, "On degeneracy of optimization-based state estimation problems", ICRA 2016).
 * Buffers are reused: one instance per thread.
 */
final class Degeneracy {
    private final SymmetricEigen6 eigen = new SymmetricEigen6();
    private final double[] scaled = new double[36];
    private final double[] projection = new double[36];

    /**
     * Finds the unobserved directions.
     *
     * @param hessian row-major 6x6, order (rotation, translation)
     * @param lengthM typical lever of a rotation, metres
     * @param minShare of the largest eigenvalue that an observed direction has at least
     * @return whether there are any
     */
    boolean examine(double[] hessian, double lengthM, double minShare) {
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double s = (i < 3 ? 1 / lengthM : 1) * (j < 3 ? 1 / lengthM : 1);
                scaled[6 * i + j] = s * hessian[6 * i + j];
            }
        }
        Arrays.fill(projection, 0);
        if (!eigen.decompose(scaled)) {
            return true; // nothing can be trusted
        }
        double largest = 0;
        for (int k = 0; k < 6; k++) {
            largest = Math.max(largest, eigen.value(k));
        }
        boolean all = true;
        for (int k = 0; k < 6; k++) {
            if (largest > 0 && eigen.value(k) >= minShare * largest) {
                addOuterProduct(k, lengthM);
            } else {
                all = false;
            }
        }
        return !all;
    }

    /**
     * The 6x6 projection that removes unobserved directions from a correction, after {@link
     * #examine} found some. Valid until its next call.
     */
    double[] projection() {
        return projection;
    }

    /** Adds {@code S^-1 v v^T S}, with S the scaling of rotations by the length. */
    private void addOuterProduct(int k, double lengthM) {
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double s = (i < 3 ? 1 / lengthM : 1) * (j < 3 ? lengthM : 1);
                projection[6 * i + j] += s * eigen.vector(k, i) * eigen.vector(k, j);
            }
        }
    }
}
