package io.azimuth.registration.neighbours;

import io.azimuth.perception.geometry.eigen.SymmetricEigen3;

/**
 * Direction of least scatter of a symmetric positive semidefinite 3x3 matrix in closed form:
 * eigenvalues by the cosine formula (Smith, "Eigenvalues of a symmetric 3 x 3 matrix", CACM 1961),
 * the vector as the longest cross product of two rows of {@code A - lambda I}. Some ten times as
 * fast as {@link SymmetricEigen3} and good to 1e-6 rad where the direction is distinct. One
 * instance per thread.
 */
final class SmallestEigenvector {
    /**
     * Of the largest eigenvalue. With a middle eigenvalue below this share the points lie on a line
     * to within a float's resolution, and every direction across it is as good.
     */
    private static final double LINE_SHARE = 1e-6;

    double x;
    double y;
    double z;

    /**
     * Stores the unit vector; false, and zeros, if the scatter is a line, a point or not finite.
     */
    boolean of(double xx, double xy, double xz, double yy, double yz, double zz) {
        x = 0;
        y = 0;
        z = 0;
        double mean = (xx + yy + zz) / 3;
        if (!(mean > 0) || mean == Double.POSITIVE_INFINITY) {
            return false;
        }
        double a = xx / mean - 1;
        double b = yy / mean - 1;
        double c = zz / mean - 1;
        double d = xy / mean;
        double e = xz / mean;
        double f = yz / mean;
        double p = Math.sqrt((a * a + b * b + c * c + 2 * (d * d + e * e + f * f)) / 6);
        if (!(p > 1e-9)) {
            return false; // a ball: no direction is thinner than the others
        }
        double det = a * (b * c - f * f) - d * (d * c - f * e) + e * (d * f - b * e);
        double half = Math.max(-1, Math.min(1, det / (2 * p * p * p)));
        double phi = Math.acos(half) / 3; // 0 .. pi / 3
        double largest = 2 * p * Math.cos(phi);
        double smallest = 2 * p * Math.cos(phi + 2 * Math.PI / 3);
        double middle = -largest - smallest;
        if (1 + middle <= LINE_SHARE * (1 + largest)) {
            return false;
        }
        return longestCross(a - smallest, b - smallest, c - smallest, d, e, f);
    }

    /** From the rows (a, d, e), (d, b, f), (e, f, c). */
    private boolean longestCross(double a, double b, double c, double d, double e, double f) {
        double x1 = d * f - e * b;
        double y1 = e * d - a * f;
        double z1 = a * b - d * d;
        double x2 = d * c - e * f;
        double y2 = e * e - a * c;
        double z2 = a * f - d * e;
        double x3 = b * c - f * f;
        double y3 = f * e - d * c;
        double z3 = d * f - b * e;
        double n1 = x1 * x1 + y1 * y1 + z1 * z1;
        double n2 = x2 * x2 + y2 * y2 + z2 * z2;
        double n3 = x3 * x3 + y3 * y3 + z3 * z3;
        if (n1 >= n2 && n1 >= n3) {
            return store(x1, y1, z1, n1);
        }
        return n2 >= n3 ? store(x2, y2, z2, n2) : store(x3, y3, z3, n3);
    }

    private boolean store(double vx, double vy, double vz, double squared) {
        if (!(squared > 1e-24)) {
            return false; // two eigenvalues are equally small
        }
        double share = 1 / Math.sqrt(squared);
        x = vx * share;
        y = vy * share;
        z = vz * share;
        return true;
    }
}
