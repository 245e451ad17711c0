package io.azimuth.registration.icp;

/**
 * Eigen-decomposition of symmetric 6x6 matrices by cyclic Jacobi rotations (Golub, Van Loan, 8.5).
 * One instance per thread; results are valid until the next call.
 */
public final class SymmetricEigen6 {
    private static final int N = 6;
    private static final int MAX_SWEEPS = 30;
    private static final double RELATIVE_OFF_DIAGONAL = 1e-26;

    private final double[] a = new double[N * N];
    private final double[] v = new double[N * N];

    /** Decomposes a row-major symmetric matrix of finite entries. */
    public void decompose(double[] matrix) {
        System.arraycopy(matrix, 0, a, 0, N * N);
        for (int i = 0; i < N * N; i++) {
            v[i] = i % (N + 1) == 0 ? 1 : 0;
        }
        for (int sweep = 0; sweep < MAX_SWEEPS && !isDiagonal(); sweep++) {
            for (int p = 0; p < N - 1; p++) {
                for (int q = p + 1; q < N; q++) {
                    rotate(p, q);
                }
            }
        }
    }

    /** Eigenvalue {@code k}, 0 .. 5, in no order. */
    public double value(int k) {
        return a[(N + 1) * k];
    }

    /** Component {@code row} of the unit eigenvector that belongs to {@link #value} {@code k}. */
    public double vector(int row, int k) {
        return v[N * row + k];
    }

    private boolean isDiagonal() {
        double off = 0;
        double diagonal = 0;
        for (int i = 0; i < N; i++) {
            diagonal += a[(N + 1) * i] * a[(N + 1) * i];
            for (int j = i + 1; j < N; j++) {
                off += a[N * i + j] * a[N * i + j];
            }
        }
        return off <= RELATIVE_OFF_DIAGONAL * diagonal;
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
        for (int i = 0; i < N; i++) {
            double aip = a[N * i + p];
            double aiq = a[N * i + q];
            a[N * i + p] = c * aip - s * aiq;
            a[N * i + q] = s * aip + c * aiq;
        }
        for (int i = 0; i < N; i++) {
            double api = a[N * p + i];
            double aqi = a[N * q + i];
            a[N * p + i] = c * api - s * aqi;
            a[N * q + i] = s * api + c * aqi;
            double vip = v[N * i + p];
            double viq = v[N * i + q];
            v[N * i + p] = c * vip - s * viq;
            v[N * i + q] = s * vip + c * viq;
        }
    }
}
