package io.azimuth.perception.simulation;

/**
 * Finds where the rays of a slot meet road, kerb or sidewalk. A height profile along the slot is
 * sampled once and walked outwards from the lowest ray upwards: that bounds each ray's range. Rays
 * that nothing stops before then correct their crossing on the exact ground.
 */
final class GroundFollower {
    static final double NONE = Double.MAX_VALUE;

    /** Height below which one more step along the slope is exact to half a millimetre. */
    private static final double CLOSE_M = 1e-3;

    private final Ground ground;
    private final double kerbM;
    private final double[] at;
    private final double[] height;

    /** Kerb distances of the samples, NaN where not asked for yet. */
    private final double[] kerbAt;

    /** Range that each ray cannot exceed without meeting the ground; NONE for those that miss. */
    final double[] atMost;

    private final double[] atLeast;
    private final int[] step;
    private final double[] perMetre;

    // of the current ray
    private SlotRays rays;
    private int r;
    private Surface met = Surface.ROAD;

    GroundFollower(Ground ground, SlotRays rays, double maxRangeM) {
        this.ground = ground;
        kerbM = ground.kerbM();
        this.rays = rays;
        int n = 2;
        for (double d = 0; d < maxRangeM; d += step(d)) {
            n++;
        }
        at = new double[n];
        height = new double[n];
        kerbAt = new double[n];
        for (int k = 1; k < n; k++) {
            at[k] = at[k - 1] + step(at[k - 1]);
        }
        atMost = new double[rays.rings];
        atLeast = new double[rays.rings];
        step = new int[rays.rings];
        perMetre = new double[rays.rings];
    }

    private static double step(double d) {
        return Math.max(1.5, 0.03 * d);
    }

    /** What the last ray met. */
    Surface surface() {
        return met;
    }

    /** Bounds the ranges of the slot's rays. */
    void follow() {
        double[] p = rays.pose;
        for (int k = 0; k < at.length; k++) {
            height[k] = ground.base(p[9] + at[k] * rays.mx, p[10] + at[k] * rays.my);
            kerbAt[k] = Double.NaN;
        }
        int k = 1;
        for (r = rays.rings - 1; r >= 0; r--) {
            boolean lower = r + 1 < rays.rings && rays.oz[r] < rays.oz[r + 1] - 0.01;
            k = walk(lower ? 1 : Math.max(1, k - 2));
            step[r] = k;
            atMost[r] = NONE;
            if (k < at.length && rays.fires[r]) {
                double rise = (height[k] - height[k - 1]) / (at[k] - at[k - 1]);
                perMetre[r] = rays.slope[r] - rise;
                if (perMetre[r] < -1e-4) {
                    double run = kerbM / -perMetre[r];
                    atLeast[r] = (at[k - 1] - 0.3) / rays.h[r];
                    atMost[r] = (at[k] + run + 0.5) / rays.h[r];
                }
            }
        }
    }

    /** Where ring {@code ring} meets the ground if before {@code limit}; NONE if nowhere. */
    double range(int ring, double limit) {
        r = ring;
        if (atMost[r] == NONE || atLeast[r] > limit) {
            return NONE;
        }
        double t = meet(step[r]);
        return t == NONE ? between(atLeast[r], atMost[r]) : t;
    }

    /**
     * Where a ray that grazes rough ground, so that steps along one slope do not settle, goes below
     * it; NONE where it does not.
     */
    private double between(double from, double to) {
        double a = Math.max(0, from);
        double b = to;
        if (above(a) <= 0 || above(b) > 0) {
            return NONE;
        }
        while (b - a > CLOSE_M) {
            double m = 0.5 * (a + b);
            if (above(m) > 0) {
                a = m;
            } else {
                b = m;
            }
        }
        double kerb = kerb(b);
        met = kerb <= 0 ? Surface.ROAD : ground.beside(kerb);
        return b;
    }

    private double above(double t) {
        double x = rays.ox[r] + t * rays.dx[r];
        double y = rays.oy[r] + t * rays.dy[r];
        return rays.oz[r] + t * rays.dz[r] - ground.ground(x, y);
    }

    /** First profile sample at which the ray is below the sidewalk. */
    private int walk(int from) {
        double z = rays.oz[r] - kerbM;
        double s = rays.slope[r];
        int k = from;
        while (k < at.length && z + s * at[k] > height[k]) {
            k++;
        }
        return k;
    }

    /** The ray crosses the profile's sidewalk level between samples {@code k - 1} and k. */
    private double meet(int k) {
        double descent = perMetre[r];
        double f0 = rays.oz[r] + rays.slope[r] * at[k - 1] - height[k - 1];
        double d = at[k - 1] + (kerbM - f0) / descent;
        double slope = descent * rays.h[r];
        double guess = Math.max(0, d) / rays.h[r];
        double run = kerbM / -descent;
        double a = kerbAt(k - 1);
        double b = kerbAt(k);
        // how far the kerb distance can leave the samples' between them
        double margin = 0.7 * (at[k] - at[k - 1]) + 0.1 + rays.spread * at[k];
        if (Math.max(a, b) < -margin - run) {
            met = Surface.ROAD;
            return root(guess - kerbM / slope, slope, 0);
        }
        if (Math.min(a, b) > ground.sidewalkM() + margin) {
            met = ground.beside(Math.min(a, b));
            return root(guess, slope, kerbM);
        }
        return nearKerb(guess, slope);
    }

    private double kerbAt(int k) {
        if (Double.isNaN(kerbAt[k])) {
            double x = rays.pose[9] + at[k] * rays.mx;
            kerbAt[k] = ground.kerbDistance(x, rays.pose[10] + at[k] * rays.my);
        }
        return kerbAt[k];
    }

    private double nearKerb(double guess, double slope) {
        double upper = root(guess, slope, kerbM);
        if (upper == NONE) {
            return NONE;
        }
        double kerb = kerb(upper);
        if (kerb > 0) {
            met = ground.beside(kerb);
            return upper;
        }
        double lower = root(upper - kerbM / slope, slope, 0);
        if (lower == NONE) {
            return NONE;
        }
        if (kerb(lower) <= 0) {
            met = Surface.ROAD;
            return lower;
        }
        met = Surface.KERB;
        return kerbFace(upper, lower);
    }

    private double kerb(double t) {
        return ground.kerbDistance(rays.ox[r] + t * rays.dx[r], rays.oy[r] + t * rays.dy[r]);
    }

    /** Where the ray leaves the road between {@code onRoad} and {@code off}. */
    private double kerbFace(double onRoad, double off) {
        double a = onRoad;
        double b = off;
        for (int i = 0; i < 16 && b - a > 1e-3; i++) {
            double m = 0.5 * (a + b);
            if (kerb(m) > 0) {
                b = m;
            } else {
                a = m;
            }
        }
        return b;
    }

    /**
     * Where the ray is {@code lift} above the base, by steps along a slope that is taken once (the
     * ground is nearly plane over a step); NONE where the ray only grazes.
     */
    private double root(double guess, double slope, double lift) {
        double t = guess;
        for (int i = 0; i < 12; i++) {
            double x = rays.ox[r] + t * rays.dx[r];
            double y = rays.oy[r] + t * rays.dy[r];
            double f = rays.oz[r] + t * rays.dz[r] - ground.base(x, y) - lift;
            t -= Math.max(-4, Math.min(4, f / slope));
            if (Math.abs(f) < CLOSE_M) {
                return t > 0 ? t : NONE;
            }
        }
        return NONE;
    }
}
