package io.azimuth.perception.invariant.inputs;

/**
 * Eigenvalues and eigenvectors of a symmetric 3x3 matrix by cyclic Jacobi rotations, accurate to
 * the last digits where planes and lines live (a closed form is not). Source: Golub and Van Loan,
 * "Matrix Computations", 8.5. Buffers are reused; not thread-safe.
 */
final class SymmetricJacobi {
    private static final int MAX_SWEEPS = 12;
    private static final double DONE = 1e-30;

    /** Rising. */
    final double[] values = new double[3];

    /** Vector i at 3 i; its sign is arbitrary. */
    final double[] vectors = new double[9];

    private final double[] a = new double[9];
    private final double[] v = new double[9];

    /** Decomposes xx, xy, xz, yy, yz, zz. */
    void decompose(double[] c) {
        a[0] = c[0];
        a[1] = a[3] = c[1];
        a[2] = a[6] = c[2];
        a[4] = c[3];
        a[5] = a[7] = c[4];
        a[8] = c[5];
        for (int i = 0; i < 9; i++) {
            v[i] = i % 4 == 0 ? 1 : 0;
        }
        for (int sweep = 0; sweep < MAX_SWEEPS && !diagonal(); sweep++) {
            rotate(0, 1);
            rotate(0, 2);
            rotate(1, 2);
        }
        take();
    }

    private boolean diagonal() {
        double off = a[1] * a[1] + a[2] * a[2] + a[5] * a[5];
        return off <= DONE * (a[0] * a[0] + a[4] * a[4] + a[8] * a[8]);
    }

    private void rotate(int p, int q) {
        double apq = a[3 * p + q];
        if (apq == 0) {
            return;
        }
        double theta = (a[4 * q] - a[4 * p]) / (2 * apq);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < 3; k++) {
            double akp = a[3 * k + p];
            double akq = a[3 * k + q];
            a[3 * k + p] = c * akp - s * akq;
            a[3 * k + q] = s * akp + c * akq;
        }
        for (int k = 0; k < 3; k++) {
            double apk = a[3 * p + k];
            double aqk = a[3 * q + k];
            a[3 * p + k] = c * apk - s * aqk;
            a[3 * q + k] = s * apk + c * aqk;
            double vkp = v[3 * k + p];
            double vkq = v[3 * k + q];
            v[3 * k + p] = c * vkp - s * vkq;
            v[3 * k + q] = s * vkp + c * vkq;
        }
    }

    private void take() {
        int low = 0;
        for (int i = 1; i < 3; i++) {
            low = a[4 * i] < a[4 * low] ? i : low;
        }
        int high = low == 2 ? 1 : 2;
        for (int i = 1; i >= 0; i--) {
            high = i != low && a[4 * i] > a[4 * high] ? i : high;
        }
        take(0, low);
        take(1, 3 - low - high);
        take(2, high);
    }

    private void take(int to, int from) {
        values[to] = Math.max(0, a[4 * from]); // of covariances; rounding may go below
        for (int k = 0; k < 3; k++) {
            vectors[3 * to + k] = v[3 * k + from];
        }
    }
}
