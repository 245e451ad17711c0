package io.azimuth.registration.neighbours;

/**
 * Eigen-decomposition of symmetric 3x3 matrices by cyclic Jacobi rotations (Golub, Van Loan, 8.5).
 * One instance per thread; results are valid until the next call.
 */
public final class SymmetricEigen3 {
    private static final int MAX_SWEEPS = 12;
    private static final double RELATIVE_OFF_DIAGONAL = 1e-24;

    private final double[] a = new double[9];
    private final double[] v = new double[9];

    /** Decomposes the matrix with the given upper triangle; all entries finite. */
    public void decompose(double xx, double xy, double xz, double yy, double yz, double zz) {
        a[0] = xx;
        a[1] = xy;
        a[2] = xz;
        a[3] = xy;
        a[4] = yy;
        a[5] = yz;
        a[6] = xz;
        a[7] = yz;
        a[8] = zz;
        for (int i = 0; i < 9; i++) {
            v[i] = (i & 3) == 0 ? 1 : 0; // 0, 4, 8 are the diagonal
        }
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            double off = a[1] * a[1] + a[2] * a[2] + a[5] * a[5];
            double diagonal = a[0] * a[0] + a[4] * a[4] + a[8] * a[8];
            if (off <= RELATIVE_OFF_DIAGONAL * diagonal) {
                return;
            }
            rotate(0, 1);
            rotate(0, 2);
            rotate(1, 2);
        }
    }

    /** Eigenvalue {@code k}, 0 .. 2, in no order. */
    public double value(int k) {
        return a[4 * k];
    }

    /** Component {@code row} of the unit eigenvector that belongs to {@link #value} {@code k}. */
    public double vector(int row, int k) {
        return v[3 * row + k];
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
        int r = 3 - p - q;
        double arp = a[3 * r + p];
        double arq = a[3 * r + q];
        a[4 * p] -= t * apq;
        a[4 * q] += t * apq;
        a[3 * p + q] = 0;
        a[3 * q + p] = 0;
        a[3 * r + p] = c * arp - s * arq;
        a[3 * p + r] = a[3 * r + p];
        a[3 * r + q] = s * arp + c * arq;
        a[3 * q + r] = a[3 * r + q];
        for (int i = 0; i < 3; i++) {
            double vip = v[3 * i + p];
            double viq = v[3 * i + q];
            v[3 * i + p] = c * vip - s * viq;
            v[3 * i + q] = s * vip + c * viq;
        }
    }
}
