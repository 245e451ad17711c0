package io.azimuth.perception.simulation;

/** Rectangles under road users, and whether two of them touch: exact, by separating axes. */
final class Footprint {
    private Footprint() {}

    /**
     * Whether two bodies at p and q (x, y, cos, sin) come closer than a clearance.
     *
     * @param along clearance before and behind the first body, metres
     * @param beside clearance on its sides
     */
    static boolean touch(Shape a, double[] p, Shape b, double[] q, double along, double beside) {
        return touch(a, a.radius(), p, b, b.radius(), q, along, beside);
    }

    /** The same of bodies whose {@link Shape#radius} is known. */
    static boolean touch(
            Shape a,
            double radiusA,
            double[] p,
            Shape b,
            double radiusB,
            double[] q,
            double along,
            double beside) {
        double dx = q[0] - p[0];
        double dy = q[1] - p[1];
        double reach = radiusA + radiusB + along + beside;
        if (dx * dx + dy * dy > reach * reach) {
            return false;
        }
        double ac = 0.5 * (a.low[0] + a.high[0]);
        double bc = 0.5 * (b.low[0] + b.high[0]);
        double as = 0.5 * (a.low[1] + a.high[1]);
        double bs = 0.5 * (b.low[1] + b.high[1]);
        dx += bc * q[2] - bs * q[3] - ac * p[2] + as * p[3];
        dy += bc * q[3] + bs * q[2] - ac * p[3] - as * p[2];
        double al = 0.5 * (a.high[0] - a.low[0]) + along;
        double aw = 0.5 * (a.high[1] - a.low[1]) + beside;
        double bl = 0.5 * (b.high[0] - b.low[0]);
        double bw = 0.5 * (b.high[1] - b.low[1]);
        double c = Math.abs(p[2] * q[2] + p[3] * q[3]);
        double s = Math.abs(p[2] * q[3] - p[3] * q[2]);
        return Math.abs(dx * p[2] + dy * p[3]) < al + bl * c + bw * s
                && Math.abs(dy * p[2] - dx * p[3]) < aw + bl * s + bw * c
                && Math.abs(dx * q[2] + dy * q[3]) < bl + al * c + aw * s
                && Math.abs(dy * q[2] - dx * q[3]) < bw + al * s + aw * c;
    }
}
