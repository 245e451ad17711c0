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
     * @param radii of each corner, metres, less where the lines are too short; the first and last
     *     are ignored
     * @param marks out: arc length at each corner
     */
    static Path through(StreetGraph.Chart chart, double[] uv, double[] radii, double[] marks) {
        Samples out = new Samples(chart);
        int n = radii.length;
        double u = uv[0];
        double v = uv[1];
        int[] markAt = new int[n];
        for (int k = 1; k < n; k++) {
            double cu = uv[2 * k];
            double cv = uv[2 * k + 1];
            double inLength = Math.hypot(cu - uv[2 * k - 2], cv - uv[2 * k - 1]);
            double du = (cu - uv[2 * k - 2]) / inLength;
            double dv = (cv - uv[2 * k - 1]) / inLength;
            double cut = 0;
            double turn = 0;
            if (k < n - 1) {
                double eu = uv[2 * k + 2] - cu;
                double ev = uv[2 * k + 3] - cv;
                turn = StrictMath.atan2(du * ev - dv * eu, du * eu + dv * ev);
                double half = StrictMath.tan(0.5 * Math.abs(turn));
                cut = Math.min(radii[k] * half, 0.48 * Math.min(inLength, Math.hypot(eu, ev)));
            }
            out.line(u, v, cu - du * cut, cv - dv * cut);
            u = cu - du * cut;
            v = cv - dv * cut;
            markAt[k] = out.size;
            if (cut > 0.05) {
                double r = cut / StrictMath.tan(0.5 * Math.abs(turn));
                int arc = 1 + (int) (r * Math.abs(turn) / 0.2);
                markAt[k] = out.size + arc / 2;
                double side = Math.signum(turn);
                for (int i = 0; i < arc; i++) {
                    double a = Math.abs(turn) * i / arc;
                    double f = r * StrictMath.sin(a);
                    double g = side * r * (1 - StrictMath.cos(a));
                    out.add(u + du * f - dv * g, v + dv * f + du * g);
                }
                double f = r * StrictMath.sin(Math.abs(turn));
                double g = side * r * (1 - StrictMath.cos(turn));
                double nextU = u + du * f - dv * g;
                v += dv * f + du * g;
                u = nextU;
            }
        }
        return out.resampled(markAt, marks);
    }

    /** Points in the world at most 20 cm apart. */
    private static final class Samples {
        private final StreetGraph.Chart chart;
        private final double[] w = new double[2];
        private double[] px = new double[1024];
        private double[] py = new double[1024];
        int size;

        Samples(StreetGraph.Chart chart) {
            this.chart = chart;
        }

        void add(double u, double v) {
            if (size == px.length) {
                px = Arrays.copyOf(px, 2 * size);
                py = Arrays.copyOf(py, 2 * size);
            }
            chart.toWorld(u, v, w);
            px[size] = w[0];
            py[size++] = w[1];
        }

        void line(double u, double v, double toU, double toV) {
            int n = (int) (Math.hypot(toU - u, toV - v) / 0.2);
            for (int i = 0; i < n; i++) {
                add(u + (toU - u) * i / n, v + (toV - v) * i / n);
            }
        }

        Path resampled(int[] markAt, double[] marks) {
            double[] x = new double[size];
            double[] y = new double[size];
            int n = 0;
            int mark = 0;
            double walked = 0;
            for (int i = 1; i < size; i++) {
                while (mark < marks.length && markAt[mark] < i) {
                    marks[mark++] = walked;
                }
                double dx = px[i] - px[i - 1];
                double dy = py[i] - py[i - 1];
                double d = Math.sqrt(dx * dx + dy * dy);
                while (d > 0 && n * STEP_M < walked + d && n < size) {
                    double f = (n * STEP_M - walked) / d;
                    x[n] = px[i - 1] + f * dx;
                    y[n++] = py[i - 1] + f * dy;
                }
                walked += d;
            }
            Arrays.fill(marks, mark, marks.length, walked);
            return new Path(smoothed(smoothed(x, n), n), smoothed(smoothed(y, n), n));
        }
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

    /** The same at the nearest sample: cheaper, up to a quarter of a metre off. */
    void near(double s, double[] out) {
        int i = (int) Math.max(1, Math.min(x.length - 2, s / STEP_M + 0.5));
        double tx = x[i + 1] - x[i - 1];
        double ty = y[i + 1] - y[i - 1];
        double n = 1 / Math.sqrt(tx * tx + ty * ty);
        out[0] = x[i];
        out[1] = y[i];
        out[2] = tx * n;
        out[3] = ty * n;
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
