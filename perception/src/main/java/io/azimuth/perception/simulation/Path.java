package io.azimuth.perception.simulation;

import java.util.Arrays;

/** A smooth line on the ground, sampled every half metre of its length. Immutable, thread-safe. */
final class Path {
    static final double STEP_M = 0.5;
    private static final int SMOOTH = 4;

    private final double[] x;
    private final double[] y;

    private Path(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    /**
     * Straight lines between corners in street coordinates, corners rounded.
     *
     * @param uv corners: u0, v0, u1, v1, ...
     * @param radii of each corner, metres; the first and last are ignored
     */
    static Path through(StreetPlan plan, double[] uv, double[] radii) {
        int n = radii.length;
        double[] px = new double[1024];
        double[] py = new double[1024];
        int size = 0;
        double[] w = new double[2];
        double fromU = uv[0];
        double fromV = uv[1];
        for (int k = 1; k < n; k++) {
            double cu = uv[2 * k];
            double cv = uv[2 * k + 1];
            double du = Math.signum(cu - uv[2 * k - 2]);
            double dv = Math.signum(cv - uv[2 * k - 1]);
            double r = k < n - 1 ? radii[k] : 0;
            double length = Math.abs(cu - fromU) + Math.abs(cv - fromV) - r;
            int arc = r > 0 ? (int) (r * Math.PI / 2 / 0.2) : 0;
            int line = Math.max(0, (int) (length / 0.2));
            if (size + line + arc + 2 > px.length) {
                px = Arrays.copyOf(px, 2 * px.length + line + arc);
                py = Arrays.copyOf(py, px.length);
            }
            for (int i = 0; i < line; i++) {
                plan.toWorld(fromU + du * length * i / line, fromV + dv * length * i / line, w);
                px[size] = w[0];
                py[size++] = w[1];
            }
            fromU = cu - du * r;
            fromV = cv - dv * r;
            if (r > 0) {
                double eu = Math.signum(uv[2 * k + 2] - cu);
                double ev = Math.signum(uv[2 * k + 3] - cv);
                for (int i = 0; i < arc; i++) {
                    double a = Math.PI / 2 * i / arc;
                    double s = r * StrictMath.sin(a);
                    double c = r * (1 - StrictMath.cos(a));
                    plan.toWorld(fromU + du * s + eu * c, fromV + dv * s + ev * c, w);
                    px[size] = w[0];
                    py[size++] = w[1];
                }
                fromU = cu + eu * r;
                fromV = cv + ev * r;
            }
        }
        return resampled(px, py, size);
    }

    private static Path resampled(double[] px, double[] py, int size) {
        double[] x = new double[size];
        double[] y = new double[size];
        int n = 0;
        double walked = 0;
        for (int i = 1; i < size; i++) {
            double dx = px[i] - px[i - 1];
            double dy = py[i] - py[i - 1];
            double d = Math.sqrt(dx * dx + dy * dy);
            while (d > 0 && n * STEP_M < walked + d) {
                double f = (n * STEP_M - walked) / d;
                x[n] = px[i - 1] + f * dx;
                y[n++] = py[i - 1] + f * dy;
            }
            walked += d;
        }
        return new Path(smoothed(smoothed(x, n), n), smoothed(smoothed(y, n), n));
    }

    private static double[] smoothed(double[] a, int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            int r = Math.min(SMOOTH, Math.min(i, n - 1 - i));
            double sum = 0;
            for (int k = i - r; k <= i + r; k++) {
                sum += a[k];
            }
            out[i] = sum / (2 * r + 1);
        }
        return out;
    }

    double lengthM() {
        return (x.length - 1) * STEP_M;
    }

    /** Position and unit tangent (x, y, cos, sin) at arc length s (Catmull-Rom). */
    void at(double s, double[] out) {
        double g = Math.max(1, Math.min(x.length - 2.001, s / STEP_M));
        int i = (int) g;
        double f = g - i;
        out[0] = spline(x, i, f);
        out[1] = spline(y, i, f);
        double tx = slope(x, i, f);
        double ty = slope(y, i, f);
        double n = Math.sqrt(tx * tx + ty * ty);
        out[2] = tx / n;
        out[3] = ty / n;
    }

    /** Curvature (1 / m) at a sample, not negative. */
    double curvature(double s) {
        double[] a = new double[4];
        double[] b = new double[4];
        at(s - 1, a);
        at(s + 1, b);
        return Math.abs(a[2] * b[3] - a[3] * b[2]) / 2;
    }

    private static double spline(double[] p, int i, double f) {
        double a = p[i - 1];
        double b = p[i];
        double c = p[i + 1];
        double d = p[i + 2];
        return b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a)));
    }

    private static double slope(double[] p, int i, double f) {
        double a = p[i - 1];
        double b = p[i];
        double c = p[i + 1];
        double d = p[i + 2];
        return 0.5
                * (c - a + f * (2 * (2 * a - 5 * b + 4 * c - d) + 3 * f * (3 * (b - c) + d - a)));
    }
}
