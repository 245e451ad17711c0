package io.azimuth.perception.simulation;

/**
 * Ground and streets of a town: two families of gently curved streets (lines of constant u and v),
 * kerbs 12 cm high and slopes of a few degrees. {@code u = x + a(y)}, {@code v = y + b(x)} and the
 * height {@code f(x) + g(y) + p(x) q(y)} come from one-dimensional tables, so that a ray costs no
 * sines. Immutable, thread-safe.
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

    final double[][] at = new double[2][STREETS];
    final double[][] half = new double[2][STREETS];
    private final double[][] tables = new double[6][]; // a(y), b(x), f(x), g(y), p(x), q(y)
    private final int[][] nearest = new int[2][];

    StreetPlan(Dice dice) {
        for (int k = 0; k < 2; k++) {
            double position = 0;
            for (int i = 0; i < STREETS; i++) {
                at[k][i] = position;
                half[k][i] = dice.chance(0.7) ? WITH_PARKING_M : WITHOUT_PARKING_M;
                position += dice.between(68, 115);
            }
        }
        double extent = Math.max(at[0][STREETS - 1], at[1][STREETS - 1]) + 2 * MARGIN;
        int n = (int) (extent / STEP) + 2;
        for (int k = 0; k < 6; k++) {
            tables[k] = new double[n];
        }
        waves(tables[0], dice, 4.5, 260, 1.2, 110);
        waves(tables[1], dice, 4.5, 240, 1.2, 120);
        waves(tables[2], dice, 1.3, 210, 0.12, 47);
        waves(tables[3], dice, 1.2, 190, 0.12, 41);
        waves(tables[4], dice, 0.9, 160, 0.1, 60);
        waves(tables[5], dice, 0.9, 170, 0.1, 70);
        for (int k = 0; k < 2; k++) {
            nearest[k] = nearestStreets(at[k], (int) extent + 2);
        }
    }

    private static void waves(
            double[] table, Dice dice, double a1, double length1, double a2, double length2) {
        double k1 = 2 * Math.PI / (length1 * dice.between(0.85, 1.15));
        double k2 = 2 * Math.PI / (length2 * dice.between(0.85, 1.15));
        double p1 = dice.between(0, 6.28);
        double p2 = dice.between(0, 6.28);
        for (int i = 0; i < table.length; i++) {
            double s = i * STEP;
            table[i] = a1 * StrictMath.sin(k1 * s + p1) + a2 * StrictMath.sin(k2 * s + p2);
        }
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

    /** Height of the road surface extended over the whole town, metres. */
    @Override
    public double base(double x, double y) {
        return table(2, x) + table(3, y) + table(4, x) * table(5, y);
    }

    @Override
    public double kerbM() {
        return KERB_M;
    }

    @Override
    public double sidewalkM() {
        return SIDEWALK_M;
    }

    int nearestStreet(int family, double coordinate) {
        int[] table = nearest[family];
        return table[(int) Math.max(0, Math.min(table.length - 1, coordinate + MARGIN))];
    }

    /** Signed distance to the kerb, about exact near it: negative on the road, metres. */
    @Override
    public double kerbDistance(double x, double y) {
        double u = u(x, y);
        double v = v(x, y);
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
