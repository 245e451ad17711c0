package io.azimuth.registration.icp;

/**
 * Solves symmetric positive definite 6x6 systems by LDL^T without pivoting (Golub and Van Loan,
 * 4.1). Buffers are reused; not thread-safe.
 */
public final class Ldlt6 {
    private final double[] l = new double[36];
    private final double[] d = new double[6];

    /**
     * Decomposes a symmetric matrix.
     *
     * @param a row-major 6x6, not modified
     * @return false if a pivot is not positive: the matrix is not positive definite
     */
    public boolean decompose(double[] a) {
        for (int j = 0; j < 6; j++) {
            double dj = a[7 * j];
            for (int k = 0; k < j; k++) {
                dj -= l[6 * j + k] * l[6 * j + k] * d[k];
            }
            if (!(dj > 1e-12)) {
                return false;
            }
            d[j] = dj;
            l[7 * j] = 1;
            for (int i = j + 1; i < 6; i++) {
                double v = a[6 * i + j];
                for (int k = 0; k < j; k++) {
                    v -= l[6 * i + k] * l[6 * j + k] * d[k];
                }
                l[6 * i + j] = v / dj;
            }
        }
        return true;
    }

    /**
     * Solves for one right side after {@link #decompose}.
     *
     * @param x receives the solution, 6 numbers
     */
    public void solve(double[] b, double[] x) {
        for (int i = 0; i < 6; i++) {
            double v = b[i];
            for (int k = 0; k < i; k++) {
                v -= l[6 * i + k] * x[k];
            }
            x[i] = v;
        }
        for (int i = 0; i < 6; i++) {
            x[i] /= d[i];
        }
        for (int i = 5; i >= 0; i--) {
            for (int k = i + 1; k < 6; k++) {
                x[i] -= l[6 * k + i] * x[k];
            }
        }
    }

    /** The inverse, row-major 6x6, after {@link #decompose}. */
    public double[] inverse() {
        double[] out = new double[36];
        double[] unit = new double[6];
        double[] column = new double[6];
        for (int j = 0; j < 6; j++) {
            java.util.Arrays.fill(unit, 0);
            unit[j] = 1;
            solve(unit, column);
            for (int i = 0; i < 6; i++) {
                out[6 * i + j] = column[i];
            }
        }
        return out;
    }
}
