package io.azimuth.perception.geometry.eigen;

/**
 * Eigenvalues and eigenvectors of symmetric 3x3 matrices by cyclic Jacobi rotations (Golub and Van
 * Loan, "Matrix Computations", 8.5): accurate to the last digits where planes and lines live, which
 * a closed form is not. Buffers are reused: one instance per thread, results are valid until the
 * next call.
 */
public final class SymmetricEigen3 {
    private static final int MAX_SWEEPS = 12;

    private final double[] a = new double[9];
    private final double[] v = new double[9];
    private final double[] values = new double[3];
    private final double[] vectors = new double[9];

    /** Decomposes the matrix with this upper triangle. */
    public void decompose(double xx, double xy, double xz, double yy, double yz, double zz) {
        a[0] = xx;
        a[1] = a[3] = xy;
        a[2] = a[6] = xz;
        a[4] = yy;
        a[5] = a[7] = yz;
        a[8] = zz;
        for (int i = 0; i < 9; i++) {
            v[i] = i % 4 == 0 ? 1 : 0;
        }
        double scale = Math.abs(xx) + Math.abs(yy) + Math.abs(zz);
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            double off = Math.abs(a[1]) + Math.abs(a[2]) + Math.abs(a[5]);
            if (off <= 1e-15 * scale) {
                break;
            }
            rotate(0, 1);
            rotate(0, 2);
            rotate(1, 2);
        }
        sort();
    }

    /**
     * Decomposes a covariance xx, xy, xz, yy, yz, zz: no value is below 0, where rounding may bring
     * it.
     */
    public void decomposeCovariance(double[] c) {
        decompose(c[0], c[1], c[2], c[3], c[4], c[5]);
        for (int k = 0; k < 3; k++) {
            values[k] = Math.max(0, values[k]);
        }
    }

    /** Eigenvalues in ascending order. */
    public double[] values() {
        return values;
    }

    /**
     * Eigenvector i stands at 3 i .. 3 i + 2, of unit length, in the order of {@link #values()};
     * its sign is arbitrary.
     */
    public double[] vectors() {
        return vectors;
    }

    private void rotate(int p, int q) {
        double apq = a[3 * p + q];
        if (apq == 0) {
            return;
        }
        double theta = (a[3 * q + q] - a[3 * p + p]) / (2 * apq);
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

    private void sort() {
        double d0 = a[0];
        double d1 = a[4];
        double d2 = a[8];
        int lo = d0 <= d1 ? (d0 <= d2 ? 0 : 2) : (d1 <= d2 ? 1 : 2);
        int hi = d2 >= d1 ? (d2 >= d0 ? 2 : 0) : (d1 >= d0 ? 1 : 0);
        if (lo == hi) { // all equal
            lo = 0;
            hi = 2;
        }
        int mid = 3 - lo - hi;
        take(0, lo);
        take(1, mid);
        take(2, hi);
    }

    private void take(int to, int from) {
        values[to] = a[4 * from];
        for (int k = 0; k < 3; k++) {
            vectors[3 * to + k] = v[3 * k + from];
        }
    }
}
