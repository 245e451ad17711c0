package io.azimuth.registration.icp;

import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of symmetric 6x6 matrices by cyclic Jacobi rotations (Golub and Van
 * Loan, "Matrix Computations", 8.5). In no order. Buffers are reused: one instance per thread.
 */
final class SymmetricEigen6 {
    private static final int N = 6;
    private static final int MAX_SWEEPS = 20;

    private final double[] a = new double[N * N];
    private final double[] v = new double[N * N]; // eigenvector k is row k

    /** Decomposes a row-major symmetric matrix; false if it holds numbers that are not finite. */
    boolean decompose(double[] matrix) {
        double scale = 0;
        for (int i = 0; i < N * N; i++) {
            a[i] = matrix[i];
            scale = Math.max(scale, Math.abs(a[i]));
            if (!Double.isFinite(a[i])) {
                return false;
            }
        }
        Arrays.fill(v, 0);
        for (int i = 0; i < N; i++) {
            v[(N + 1) * i] = 1;
        }
        for (int sweep = 0; sweep < MAX_SWEEPS && largestOffDiagonal() > 1e-15 * scale; sweep++) {
            for (int p = 0; p < N; p++) {
                for (int q = p + 1; q < N; q++) {
                    rotate(p, q);
                }
            }
        }
        return true;
    }

    double value(int k) {
        return a[(N + 1) * k];
    }

    /** Component {@code i} of the unit eigenvector {@code k}. */
    double vector(int k, int i) {
        return v[N * k + i];
    }

    private double largestOffDiagonal() {
        double most = 0;
        for (int p = 0; p < N; p++) {
            for (int q = p + 1; q < N; q++) {
                most = Math.max(most, Math.abs(a[N * p + q]));
            }
        }
        return most;
    }

    private void rotate(int p, int q) {
        double apq = a[N * p + q];
        if (apq == 0) {
            return;
        }
        double theta = (a[(N + 1) * q] - a[(N + 1) * p]) / (2 * apq);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < N; k++) {
            double akp = a[N * k + p];
            double akq = a[N * k + q];
            a[N * k + p] = c * akp - s * akq;
            a[N * k + q] = s * akp + c * akq;
        }
        for (int k = 0; k < N; k++) {
            double apk = a[N * p + k];
            double aqk = a[N * q + k];
            a[N * p + k] = c * apk - s * aqk;
            a[N * q + k] = s * apk + c * aqk;
            double vpk = v[N * p + k];
            double vqk = v[N * q + k];
            v[N * p + k] = c * vpk - s * vqk;
            v[N * q + k] = s * vpk + c * vqk;
        }
    }
}
