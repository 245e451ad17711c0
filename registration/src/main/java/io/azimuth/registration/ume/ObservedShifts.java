package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.eigen.SymmetricEigen3;

/**
 * Takes out of an information matrix what it has along directions in which the surfaces say
 * nothing. In a tunnel all normals stand across it; that they scatter by a few degrees from noise
 * would otherwise count as knowledge of where along it the sensor is.
 */
final class ObservedShifts {
    /** Normals that scatter less than this around one plane (root mean square, 4 degrees). */
    private static final double LEAST_SHARE = 0.005;

    private ObservedShifts() {}

    /** A copy of a row-major 6x6 (turn, shift) without the unobserved directions of the shift. */
    static double[] only(double[] information) {
        double[] h = information.clone();
        SymmetricEigen3 eigen = new SymmetricEigen3();
        eigen.decompose(h[21], h[22], h[23], h[28], h[29], h[35]);
        double[] values = eigen.values().clone();
        double[] axes = eigen.vectors().clone();
        for (int k = 0; k < 3; k++) {
            if (values[k] < LEAST_SHARE * values[2]) {
                h = without(h, axes[3 * k], axes[3 * k + 1], axes[3 * k + 2]);
            }
        }
        return h;
    }

    /** {@code P H P} with {@code P = I - v v^T}, v the shift along a unit axis. */
    private static double[] without(double[] h, double x, double y, double z) {
        double[] v = {0, 0, 0, x, y, z};
        double[] hv = new double[6];
        double vhv = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 3; j < 6; j++) {
                hv[i] += h[6 * i + j] * v[j];
            }
            vhv += v[i] * hv[i];
        }
        double[] out = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                out[6 * i + j] = h[6 * i + j] - v[i] * hv[j] - hv[i] * v[j] + vhv * v[i] * v[j];
            }
        }
        return out;
    }
}
