package io.azimuth.perception.tracking;

import java.util.Arrays;

/**
 * Lays the points of one object, seen twice, on each other: a shift along the ground and a turn
 * about the vertical, by the distances of each point from the nearest earlier one in units of the
 * local spread of both (generalised ICP: Segal, Haehnel, Thrun, 2009), weighed down where they do
 * not fit (Geman, McClure, 1985). Buffers are reused; not thread-safe.
 */
final class PieceAligner {
    /**
     * How the object moved between the two sightings.
     *
     * @param shiftX of the point about which was asked, metres
     * @param shiftY of it, metres
     * @param turnRad counter-clockwise
     * @param cost mean over the later points, 0 (all lie on earlier ones) to {@link #OUTLIER}
     * @param varianceXx of the shift, metres squared
     * @param varianceXy of the shift
     * @param varianceYy of the shift
     */
    record Fit(
            double shiftX,
            double shiftY,
            double turnRad,
            double cost,
            double varianceXx,
            double varianceXy,
            double varianceYy) {
        /** Variance of the shift along the direction in which it is known least. */
        double mostVariance() {
            double half = 0.5 * (varianceXx - varianceYy);
            return 0.5 * (varianceXx + varianceYy)
                    + Math.sqrt(half * half + varianceXy * varianceXy);
        }
    }

    /** Squared distance, in spreads, at which a point counts for half; also the most it costs. */
    static final double OUTLIER = 9;

    private static final int MAX_ITERATIONS = 12;

    /** The first steps listen to what is farther away, or a guess would have to be near. */
    private static final double FIRST_TOLERANCE = 16 * OUTLIER;

    private static final double CONVERGED_M = 1e-3;
    private static final int NEIGHBOURS = 5;

    /** Noise of a mean of returns, metres. */
    private static final double NOISE_M = 0.03;

    /** Heights of rings differ more than what lies beside: half as near is as near. */
    private static final double HEIGHT_SCALE = 0.5;

    private static final double REACH_M = 1;

    /** Points of one surface err alike: their information is worth this share. */
    private static final double INFORMATION = 0.2;

    private static final double TURN_SIGMA_RAD_S = 0.4;
    private static final double SHIFT_SIGMA_MPS = 10;

    private double[] earlier = new double[0]; // x, y, z
    private double[] later = new double[0];
    private double[] earlierSpread = new double[0]; // xx, xy, yy
    private double[] laterSpread = new double[0];
    private double[] moved = new double[0];
    private double tolerance = OUTLIER;
    private double centreX;
    private double centreY;
    private final double[] normal = new double[6]; // upper triangle: 00 01 02 11 12 22
    private final double[] gradient = new double[3];

    /** Takes two sightings, x, y, z by point, metres, in one frame; both are kept, not copied. */
    void load(double[] before, double[] after) {
        earlier = before;
        later = after;
        earlierSpread = spread(before, earlierSpread);
        laterSpread = spread(after, laterSpread);
        if (moved.length < before.length) {
            moved = new double[before.length];
        }
        centreX = 0;
        centreY = 0;
        int n = before.length / 3;
        for (int i = 0; i < n; i++) {
            centreX += before[3 * i] / n;
            centreY += before[3 * i + 1] / n;
        }
    }

    /** What a pose costs, as {@link Fit#cost}: how badly the object would lie there. */
    double cost(double shiftX, double shiftY) {
        return accumulate(shiftX, shiftY, 0) / (later.length / 3.0);
    }

    /**
     * The nearest fit downhill from a guess.
     *
     * @param pointX whose shift is asked for, before
     * @param pointY of it
     * @param seconds between the sightings
     */
    Fit align(double guessX, double guessY, double seconds, double pointX, double pointY) {
        double dx = guessX;
        double dy = guessY;
        double turn = 0;
        double turnWeight = 1 / square(TURN_SIGMA_RAD_S * seconds);
        double shiftWeight = 1 / square(SHIFT_SIGMA_MPS * seconds);
        for (int k = 0; k < MAX_ITERATIONS; k++) {
            tolerance = Math.max(OUTLIER, FIRST_TOLERANCE / (1 << 2 * k));
            accumulate(dx, dy, turn);
            normal[0] += shiftWeight;
            normal[3] += shiftWeight;
            normal[5] += turnWeight;
            gradient[0] += shiftWeight * (guessX - dx);
            gradient[1] += shiftWeight * (guessY - dy);
            gradient[2] -= turnWeight * turn;
            double[] step = solve(normal, gradient);
            dx += step[0];
            dy += step[1];
            turn += step[2];
            if (tolerance == OUTLIER
                    && Math.abs(step[0]) + Math.abs(step[1]) + Math.abs(step[2]) < CONVERGED_M) {
                break;
            }
        }
        double cost = accumulate(dx, dy, turn) / (later.length / 3.0);
        for (int i = 0; i < normal.length; i++) {
            normal[i] *= INFORMATION;
        }
        normal[0] += shiftWeight;
        normal[3] += shiftWeight;
        normal[5] += turnWeight;
        return fit(dx, dy, turn, cost, pointX, pointY);
    }

    /** The shift of a point that is not the centre hangs on the turn too. */
    private Fit fit(double dx, double dy, double turn, double cost, double px, double py) {
        double c = StrictMath.cos(turn);
        double s = StrictMath.sin(turn);
        double ax = px - centreX;
        double ay = py - centreY;
        double leverX = -s * ax - c * ay;
        double leverY = c * ax - s * ay;
        double[] e0 = solve(normal, new double[] {1, 0, leverX});
        double[] e1 = solve(normal, new double[] {0, 1, leverY});
        return new Fit(
                dx + (c - 1) * ax - s * ay,
                dy + s * ax + (c - 1) * ay,
                turn,
                cost,
                e0[0] + leverX * e0[2],
                e1[0] + leverX * e1[2],
                e1[1] + leverY * e1[2]);
    }

    /** Fills the normal equations at a pose; returns the sum of costs. */
    private double accumulate(double dx, double dy, double turn) {
        double c = StrictMath.cos(turn);
        double s = StrictMath.sin(turn);
        for (int i = 0; i < earlier.length; i += 3) {
            double ax = earlier[i] - centreX;
            double ay = earlier[i + 1] - centreY;
            moved[i] = c * ax - s * ay + centreX + dx;
            moved[i + 1] = s * ax + c * ay + centreY + dy;
            moved[i + 2] = earlier[i + 2];
        }
        Arrays.fill(normal, 0);
        Arrays.fill(gradient, 0);
        double cost = 0;
        for (int j = 0; j < later.length; j += 3) {
            int i = nearest(j);
            cost += i < 0 ? OUTLIER : add(i, j, dx, dy);
        }
        return cost;
    }

    private int nearest(int j) {
        double best = REACH_M * REACH_M;
        int at = -1;
        for (int i = 0; i < earlier.length; i += 3) {
            double x = later[j] - moved[i];
            double y = later[j + 1] - moved[i + 1];
            double z = HEIGHT_SCALE * (later[j + 2] - moved[i + 2]);
            double d = x * x + y * y + z * z;
            if (d < best) {
                best = d;
                at = i;
            }
        }
        return at;
    }

    private double add(int i, int j, double dx, double dy) {
        double xx = earlierSpread[i] + laterSpread[j];
        double xy = earlierSpread[i + 1] + laterSpread[j + 1];
        double yy = earlierSpread[i + 2] + laterSpread[j + 2];
        double det = xx * yy - xy * xy;
        double wxx = yy / det;
        double wxy = -xy / det;
        double wyy = xx / det;
        double rx = later[j] - moved[i];
        double ry = later[j + 1] - moved[i + 1];
        double squared = wxx * rx * rx + 2 * wxy * rx * ry + wyy * ry * ry;
        double share = 1 / (1 + squared / tolerance);
        double w = share * share;
        double leverX = -(moved[i + 1] - centreY - dy);
        double leverY = moved[i] - centreX - dx;
        double lx = w * (wxx * leverX + wxy * leverY);
        double ly = w * (wxy * leverX + wyy * leverY);
        normal[0] += w * wxx;
        normal[1] += w * wxy;
        normal[2] += lx;
        normal[3] += w * wyy;
        normal[4] += ly;
        normal[5] += lx * leverX + ly * leverY;
        gradient[0] += w * (wxx * rx + wxy * ry);
        gradient[1] += w * (wxy * rx + wyy * ry);
        gradient[2] += lx * rx + ly * ry;
        return squared * share;
    }

    /** Covariance seen from above of each point's neighbours, itself among them. */
    private static double[] spread(double[] points, double[] reused) {
        double[] out = reused.length < points.length ? new double[points.length] : reused;
        int k = Math.min(NEIGHBOURS, points.length / 3);
        int[] near = new int[k];
        double[] distance = new double[k];
        for (int i = 0; i < points.length; i += 3) {
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            for (int j = 0; j < points.length; j += 3) {
                double x = points[j] - points[i];
                double y = points[j + 1] - points[i + 1];
                double z = HEIGHT_SCALE * (points[j + 2] - points[i + 2]);
                insert(x * x + y * y + z * z, j, distance, near);
            }
            covariance(points, near, i, out);
        }
        return out;
    }

    private static void insert(double d, int j, double[] distance, int[] near) {
        int at = distance.length - 1;
        if (d >= distance[at]) {
            return;
        }
        while (at > 0 && distance[at - 1] > d) {
            distance[at] = distance[at - 1];
            near[at] = near[at - 1];
            at--;
        }
        distance[at] = d;
        near[at] = j;
    }

    private static void covariance(double[] points, int[] near, int i, double[] out) {
        double mx = 0;
        double my = 0;
        for (int j : near) {
            mx += points[j] / near.length;
            my += points[j + 1] / near.length;
        }
        double xx = NOISE_M * NOISE_M;
        double xy = 0;
        double yy = NOISE_M * NOISE_M;
        for (int j : near) {
            double x = points[j] - mx;
            double y = points[j + 1] - my;
            xx += x * x / near.length;
            xy += x * y / near.length;
            yy += y * y / near.length;
        }
        out[i] = xx;
        out[i + 1] = xy;
        out[i + 2] = yy;
    }

    /** Of a positive definite system of three, its upper triangle given; by Cholesky. */
    private static double[] solve(double[] m, double[] b) {
        double l00 = Math.sqrt(m[0]);
        double l10 = m[1] / l00;
        double l20 = m[2] / l00;
        double l11 = Math.sqrt(m[3] - l10 * l10);
        double l21 = (m[4] - l20 * l10) / l11;
        double l22 = Math.sqrt(m[5] - l20 * l20 - l21 * l21);
        double y0 = b[0] / l00;
        double y1 = (b[1] - l10 * y0) / l11;
        double y2 = (b[2] - l20 * y0 - l21 * y1) / l22;
        double x2 = y2 / l22;
        double x1 = (y1 - l21 * x2) / l11;
        return new double[] {(y0 - l10 * x1 - l20 * x2) / l00, x1, x2};
    }

    private static double square(double v) {
        return v * v;
    }
}
