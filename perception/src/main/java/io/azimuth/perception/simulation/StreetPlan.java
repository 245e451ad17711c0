package io.azimuth.perception.simulation;

import java.util.List;

/**
 * Ground and streets of a town: two families of streets (lines of constant u and v), gently curved
 * or, in a quarter of the towns, straight and evenly spaced; slopes up to 6 degrees, crowned roads,
 * kerbs 12 cm high, lots and drives cut into the sidewalk, front gardens at heights of their own,
 * embankments. {@code u = x + a(y)} and {@code v = y + b(x)} come from one-dimensional tables,
 * heights and kerbs from a raster, so that a ray costs no sines. Immutable, thread-safe.
 */
final class StreetPlan implements Ground {
    static final int STREETS = 9;
    static final double KERB_M = 0.12;
    static final double SIDEWALK_M = 3.0;
    static final double CORNER_M = 5.0;
    static final double WITH_PARKING_M = 6.2;
    static final double WITHOUT_PARKING_M = 4.3;
    private static final double STEP = 0.5;
    private static final double MARGIN = 300;
    private static final double MANHATTAN_SHARE = 0.25;

    final double[][] at = new double[2][STREETS];
    final double[][] half = new double[2][STREETS];

    /** Whether streets are straight, evenly spaced and built alike: one place looks like many. */
    final boolean manhattan;

    /** Places cut out of the sidewalk and the land behind it, level with the road. */
    final List<Lot> lots;

    private final double[][] tables = new double[2][]; // a(y), b(x)
    private final int[][] nearest = new int[2][];
    private final GroundRaster raster;

    StreetPlan(Dice dice) {
        manhattan = dice.child(1).chance(MANHATTAN_SHARE);
        layStreets(dice.child(2));
        double extent = Math.max(at[0][STREETS - 1], at[1][STREETS - 1]) + 2 * MARGIN;
        int n = (int) (extent / STEP) + 2;
        Dice bends = dice.child(3);
        double bend = manhattan ? 0 : bends.between(0.3, 1.3);
        tables[0] = waves(n, bends, bend * 4.5, 260, bend * 1.2, 110);
        tables[1] = waves(n, bends, bend * 4.5, 240, bend * 1.2, 120);
        for (int k = 0; k < 2; k++) {
            nearest[k] = nearestStreets(at[k], (int) extent + 2);
        }
        lots = Lot.draw(this, dice.child(4));
        raster = new Terrain(this, dice.child(5)).raster();
    }

    private void layStreets(Dice dice) {
        double even = dice.between(78, 105);
        double evenHalf = dice.chance(0.7) ? WITH_PARKING_M : WITHOUT_PARKING_M;
        for (int k = 0; k < 2; k++) {
            double position = 0;
            for (int i = 0; i < STREETS; i++) {
                at[k][i] = position;
                double drawn = dice.chance(0.7) ? WITH_PARKING_M : WITHOUT_PARKING_M;
                half[k][i] = manhattan ? evenHalf : drawn;
                double step = dice.between(68, 115);
                position += manhattan ? even : step;
            }
        }
    }

    private static double[] waves(
            int n, Dice dice, double a1, double length1, double a2, double length2) {
        double[] table = new double[n];
        double k1 = 2 * Math.PI / (length1 * dice.between(0.85, 1.15));
        double k2 = 2 * Math.PI / (length2 * dice.between(0.85, 1.15));
        double p1 = dice.between(0, 6.28);
        double p2 = dice.between(0, 6.28);
        for (int i = 0; i < table.length; i++) {
            double s = i * STEP;
            table[i] = a1 * StrictMath.sin(k1 * s + p1) + a2 * StrictMath.sin(k2 * s + p2);
        }
        return table;
    }

    private static int[] nearestStreets(double[] at, int n) {
        int[] out = new int[n];
        for (int i = 0; i < n; i++) {
            double u = i - MARGIN + 0.5;
            for (int k = 1; k < at.length; k++) {
                if (Math.abs(u - at[k]) < Math.abs(u - at[out[i]])) {
                    out[i] = k;
                }
            }
        }
        return out;
    }

    private double table(int k, double s) {
        double[] t = tables[k];
        double g = (s + MARGIN) * (1 / STEP);
        int i = (int) Math.max(0, Math.min(t.length - 2, g));
        return t[i] + (g - i) * (t[i + 1] - t[i]);
    }

    double u(double x, double y) {
        return x + table(0, y);
    }

    double v(double x, double y) {
        return y + table(1, x);
    }

    /** World x, y of street coordinates (fixed point; the warp contracts by about 0.02 a step). */
    void toWorld(double u, double v, double[] out) {
        double x = u;
        double y = v;
        for (int i = 0; i < 14; i++) {
            double next = u - table(0, y);
            y = v - table(1, x);
            x = next;
        }
        out[0] = x;
        out[1] = y;
    }

    /** Height of the ground without its kerb step: smooth over the whole town, metres. */
    @Override
    public double base(double x, double y) {
        return raster.height(x, y);
    }

    @Override
    public double kerbM() {
        return KERB_M;
    }

    @Override
    public double sidewalkM() {
        return SIDEWALK_M;
    }

    /** Signed distance to the kerb, about exact near it: negative on the road, metres. */
    @Override
    public double kerbDistance(double x, double y) {
        return raster.kerb(x, y);
    }

    /** What the ground is made of at a distance from the kerb as {@link #kerbDistance} tells it. */
    static Surface groundAt(double kerbDistance) {
        if (kerbDistance <= 0) {
            return Surface.ROAD;
        }
        if (kerbDistance <= SIDEWALK_M) {
            return Surface.SIDEWALK;
        }
        return kerbDistance <= SIDEWALK_M + 12 ? Surface.LAWN : Surface.GRASS;
    }

    @Override
    public Surface beside(double kerbDistance) {
        return groundAt(kerbDistance);
    }

    int nearestStreet(int family, double coordinate) {
        int[] table = nearest[family];
        return table[(int) Math.max(0, Math.min(table.length - 1, coordinate + MARGIN))];
    }

    /** Signed distance to the kerbs of the streets alone, without lots. */
    double streetDistance(double u, double v) {
        int i = nearestStreet(0, u);
        int j = nearestStreet(1, v);
        double du = Math.abs(u - at[0][i]) - half[0][i];
        double dv = Math.abs(v - at[1][j]) - half[1][j];
        if (du > 0 && dv > 0 && du < CORNER_M && dv < CORNER_M) {
            double a = CORNER_M - du;
            double b = CORNER_M - dv;
            return CORNER_M - Math.sqrt(a * a + b * b);
        }
        return Math.min(du, dv);
    }
}
