package io.azimuth.registration.icp;

/**
 * Solves symmetric positive definite 6x6 systems by LDL^T without pivoting (Golub, Van Loan, 4.1).
 * One instance per thread.
 */
public final class Ldlt6 {
    private static final int N = 6;

    private final double[] l = new double[N * N];
    private final double[] d = new double[N];

    /**
     * Factors a row-major matrix, of which the lower triangle is read.
     *
     * @return false if a pivot is not positive or not finite; {@link #solve} must not be used then
     */
    public boolean factor(double[] a) {
        for (int j = 0; j < N; j++) {
            double dj = a[N * j + j];
            for (int k = 0; k < j; k++) {
                dj -= l[N * j + k] * l[N * j + k] * d[k];
            }
            if (!(dj > 0 && dj < Double.POSITIVE_INFINITY)) {
                return false;
            }
            d[j] = dj;
            for (int i = j + 1; i < N; i++) {
                double lij = a[N * i + j];
                for (int k = 0; k < j; k++) {
                    lij -= l[N * i + k] * l[N * j + k] * d[k];
                }
                l[N * i + j] = lij / dj;
            }
        }
        return true;
    }

    /** Solves for {@code b} in place; both may have more than 6 entries, the rest is untouched. */
    public void solve(double[] b) {
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < i; k++) {
                b[i] -= l[N * i + k] * b[k];
            }
        }
        for (int i = N - 1; i >= 0; i--) {
            b[i] /= d[i];
            for (int k = i + 1; k < N; k++) {
                b[i] -= l[N * k + i] * b[k];
            }
        }
    }

    /** The inverse of the factored matrix, row-major. */
    public double[] inverse() {
        double[] out = new double[N * N];
        double[] column = new double[N];
        for (int j = 0; j < N; j++) {
            java.util.Arrays.fill(column, 0);
            column[j] = 1;
            solve(column);
            for (int i = 0; i < N; i++) {
                out[N * i + j] = column[i];
            }
        }
        return out;
    }
}
