package io.azimuth.perception.simulation;

import java.util.Arrays;

/**
 * Family B's ground: terraces, one long ramp or a bowl, and roads of any direction cut into it;
 * heights and kerbs come from a raster of half a metre. Written while a town is built, then only
 * read: thread-safe.
 */
final class OtherGround implements Ground {
    static final double EXTENT_M = 420;
    private static final double CELL_M = 0.5;
    private static final double REACH_M = 14;
    private static final double ROUNDING_M = 3;
    private static final int N = (int) (2 * EXTENT_M / CELL_M) + 2;

    private final float[] kerb = new float[N * N];
    private final float[] height = new float[N * N];
    private final double kerbM;
    private final double sidewalkM;

    OtherGround(Dice d) {
        kerbM = d.between(0.07, 0.18);
        sidewalkM = d.between(2.1, 4.6);
        Arrays.fill(kerb, (float) REACH_M);
        relief(d);
    }

    private void relief(Dice d) {
        int kind = d.below(3);
        double a = d.between(0, 2 * Math.PI);
        double c = StrictMath.cos(a);
        double s = StrictMath.sin(a);
        double step = d.between(0.9, 1.7);
        double apart = d.between(60, 110);
        double steep = d.between(0.025, 0.07);
        double[] bumps = new double[N];
        double wave = d.between(0.08, 0.16);
        for (int i = 0; i < N; i++) {
            bumps[i] = 0.1 * StrictMath.sin(wave * i * CELL_M);
        }
        for (int j = 0; j < N; j++) {
            double y = j * CELL_M - EXTENT_M;
            for (int i = 0; i < N; i++) {
                double x = i * CELL_M - EXTENT_M;
                double along = c * x + s * y;
                double h;
                if (kind == 0) {
                    double k = Math.floor(along / apart);
                    double f = Math.min(1, (along - k * apart) / 28);
                    h = step * (k + f * f * (3 - 2 * f));
                } else if (kind == 1) {
                    h = steep * Math.max(-160, Math.min(160, along));
                } else {
                    h = 7.5 * (x * x + y * y) / (300.0 * 300);
                }
                height[j * N + i] = (float) (h + bumps[i] + bumps[j]);
            }
        }
    }

    /** Lays a road along a line; corners with roads laid before are rounded. */
    void road(double[] line, double halfM) {
        double reach = halfM + REACH_M;
        double[] box = {1e9, 1e9, -1e9, -1e9};
        for (int k = 0; k < line.length; k++) {
            box[k & 1] = Math.min(box[k & 1], line[k] - reach);
            box[2 + (k & 1)] = Math.max(box[2 + (k & 1)], line[k] + reach);
        }
        for (int j = index(box[1]); j <= index(box[3]); j++) {
            for (int i = index(box[0]); i <= index(box[2]); i++) {
                double d = distance(line, i * CELL_M - EXTENT_M, j * CELL_M - EXTENT_M) - halfM;
                merge(j * N + i, d);
            }
        }
    }

    /** Lays the ring of a roundabout around its island. */
    void roundabout(double x, double y, double outerM) {
        double reach = outerM + REACH_M;
        for (int j = index(y - reach); j <= index(y + reach); j++) {
            for (int i = index(x - reach); i <= index(x + reach); i++) {
                merge(j * N + i, away(i, j, x, y) - outerM);
            }
        }
    }

    /** Raises an island out of the road; after all roads. */
    void island(double x, double y, double radiusM) {
        for (int j = index(y - 2 * radiusM); j <= index(y + 2 * radiusM); j++) {
            for (int i = index(x - 2 * radiusM); i <= index(x + 2 * radiusM); i++) {
                int at = j * N + i;
                kerb[at] = (float) Math.max(kerb[at], radiusM - away(i, j, x, y));
            }
        }
    }

    private static double away(int i, int j, double x, double y) {
        return Math.hypot(i * CELL_M - EXTENT_M - x, j * CELL_M - EXTENT_M - y);
    }

    /** Smooth minimum (polynomial). */
    private void merge(int at, double d) {
        double old = kerb[at];
        double near = Math.max(ROUNDING_M - Math.abs(old - d), 0) / ROUNDING_M;
        kerb[at] = (float) (Math.min(old, d) - near * near * ROUNDING_M * 0.25);
    }

    private static double distance(double[] line, double x, double y) {
        double best = 1e18;
        for (int k = 2; k < line.length; k += 2) {
            double ax = line[k] - line[k - 2];
            double ay = line[k + 1] - line[k - 1];
            double px = x - line[k - 2];
            double py = y - line[k - 1];
            double t = (px * ax + py * ay) / (ax * ax + ay * ay);
            t = Math.max(0, Math.min(1, t));
            double dx = px - t * ax;
            double dy = py - t * ay;
            best = Math.min(best, dx * dx + dy * dy);
        }
        return Math.sqrt(best);
    }

    private static int index(double x) {
        return (int) Math.max(0, Math.min(N - 2, (x + EXTENT_M) / CELL_M));
    }

    private static double read(float[] table, double x, double y) {
        double g = inside((x + EXTENT_M) / CELL_M);
        double h = inside((y + EXTENT_M) / CELL_M);
        int i = (int) g;
        int j = (int) h;
        double fx = g - i;
        double fy = h - j;
        int at = j * N + i;
        double low = table[at] + fx * (table[at + 1] - table[at]);
        double high = table[at + N] + fx * (table[at + N + 1] - table[at + N]);
        return low + fy * (high - low);
    }

    private static double inside(double v) {
        return v < 0 ? 0 : v > N - 1.001 ? N - 1.001 : v;
    }

    @Override
    public double base(double x, double y) {
        return read(height, x, y);
    }

    @Override
    public double kerbDistance(double x, double y) {
        return read(kerb, x, y);
    }

    @Override
    public double kerbM() {
        return kerbM;
    }

    @Override
    public double sidewalkM() {
        return sidewalkM;
    }
}
