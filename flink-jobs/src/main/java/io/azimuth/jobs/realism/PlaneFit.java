package io.azimuth.jobs.realism;

import org.jspecify.annotations.Nullable;

/**
 * The plane of least squares through points near each other, fitted twice: the second time without
 * the points farther than three standard deviations (at least 1 cm) from the first.
 *
 * @param sigmaM standard deviation of the inliers' distances, metres
 * @param inlierShare of the points
 * @param normal unit normal (3) and the plane's distance to the origin along it
 * @param spanM standard deviation of the inliers along the plane's narrower direction, metres: near
 *     0 if they lie on a line
 */
record PlaneFit(double sigmaM, double inlierShare, double[] normal, double spanM) {
    private static final double LEAST_BAND_M = 0.01;

    /** Fits points given as x0, y0, z0, x1, ...; at least four. */
    static PlaneFit of(double[] xyz, int n) {
        double[] first = fit(xyz, n, null, 0);
        double band = Math.max(LEAST_BAND_M, 3 * first[4]);
        double[] second = fit(xyz, n, first, band);
        double[] plane = {second[0], second[1], second[2], second[3]};
        return new PlaneFit(second[4], second[5] / n, plane, second[6]);
    }

    /** Component of the normal along z, absolute. */
    double nz() {
        return Math.abs(normal[2]);
    }

    /** Signed distance of a point to the plane, metres. */
    double distance(double x, double y, double z) {
        return normal[0] * x + normal[1] * y + normal[2] * z - normal[3];
    }

    /**
     * Normal, offset, sigma, number of points used and span, of those within a band about a plane.
     */
    private static double[] fit(double[] p, int n, double @Nullable [] plane, double band) {
        double[] mean = new double[3];
        int used = 0;
        for (int i = 0; i < n; i++) {
            if (within(p, i, plane, band)) {
                used++;
                for (int a = 0; a < 3; a++) {
                    mean[a] += p[3 * i + a];
                }
            }
        }
        for (int a = 0; a < 3; a++) {
            mean[a] /= used;
        }
        double[] c = new double[6]; // xx xy xz yy yz zz
        for (int i = 0; i < n; i++) {
            if (within(p, i, plane, band)) {
                double x = p[3 * i] - mean[0];
                double y = p[3 * i + 1] - mean[1];
                double z = p[3 * i + 2] - mean[2];
                c[0] += x * x;
                c[1] += x * y;
                c[2] += x * z;
                c[3] += y * y;
                c[4] += y * z;
                c[5] += z * z;
            }
        }
        double least = leastEigenvalue(c);
        double[] m = eigenvector(c, least);
        double offset = m[0] * mean[0] + m[1] * mean[1] + m[2] * mean[2];
        double sigma = Math.sqrt(Math.max(0, least) / Math.max(1, used - 3));
        double middle = middleEigenvalue(c, least);
        double span = Math.sqrt(Math.max(0, middle) / used);
        return new double[] {m[0], m[1], m[2], offset, sigma, used, span};
    }

    private static boolean within(double[] p, int i, double @Nullable [] plane, double band) {
        return plane == null
                || Math.abs(
                                plane[0] * p[3 * i]
                                        + plane[1] * p[3 * i + 1]
                                        + plane[2] * p[3 * i + 2]
                                        - plane[3])
                        <= band;
    }

    /** Smallest eigenvalue of a symmetric matrix (xx xy xz yy yz zz), in closed form. */
    private static double leastEigenvalue(double[] c) {
        double q = (c[0] + c[3] + c[5]) / 3;
        double p1 = c[1] * c[1] + c[2] * c[2] + c[4] * c[4];
        double a = c[0] - q;
        double b = c[3] - q;
        double d = c[5] - q;
        double p = Math.sqrt((a * a + b * b + d * d + 2 * p1) / 6);
        if (p == 0) {
            return q;
        }
        double det =
                a * (b * d - c[4] * c[4])
                        - c[1] * (c[1] * d - c[4] * c[2])
                        + c[2] * (c[1] * c[4] - b * c[2]);
        double r = Math.max(-1, Math.min(1, det / (2 * p * p * p)));
        return q + 2 * p * StrictMath.cos((StrictMath.acos(r) + 2 * Math.PI) / 3);
    }

    /** The middle one, from the smallest, the trace and the sum of the principal minors. */
    private static double middleEigenvalue(double[] c, double least) {
        double rest = c[0] + c[3] + c[5] - least;
        double minors =
                c[0] * c[3] + c[0] * c[5] + c[3] * c[5] - c[1] * c[1] - c[2] * c[2] - c[4] * c[4];
        double product = minors - least * rest;
        return rest / 2 - Math.sqrt(Math.max(0, rest * rest / 4 - product));
    }

    /** The longest cross product of two rows of (C - value I), normalised. */
    private static double[] eigenvector(double[] c, double value) {
        double[][] row = {
            {c[0] - value, c[1], c[2]}, {c[1], c[3] - value, c[4]}, {c[2], c[4], c[5] - value}
        };
        double[] best = {0, 0, 1};
        double longest = 0;
        for (int i = 0; i < 3; i++) {
            double[] a = row[i];
            double[] b = row[(i + 1) % 3];
            double[] v = {
                a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
            };
            double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
            if (length > longest) {
                longest = length;
                best = new double[] {v[0] / length, v[1] / length, v[2] / length};
            }
        }
        return best;
    }
}
