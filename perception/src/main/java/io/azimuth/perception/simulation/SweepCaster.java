package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * Casts the rays of one sweep, every column from where the sensor and the actors are at its time.
 * Bodies are sorted by distance once per group of columns; the ground is followed outwards once per
 * column, so that the beams of a column share its profile. One instance per sweep.
 */
final class SweepCaster {
    private static final int GROUP = 32;
    private static final double NONE = Double.MAX_VALUE;
    private static final double GROUND_STEP_M = 1.5;

    /** Beams of one column leave its plane by no more than this slope when the car tilts. */
    private static final double TILT = 0.07;

    private final Ground plan;
    private final Body[] bodies;
    private final Actor[] actors;
    private final SensorModel sensor;
    private final int own;
    private final long key;
    private final int rings;
    private final double[] cosE;
    private final double[] sinE;

    // candidates: statics first, then actors
    private final Shape[] shape;
    private final double[][] pose;
    private final long[] seed;
    private final int[] label;
    private final double[] radius;
    private final double[][] later; // actors' poses at the group's end
    private final long[] order;
    private int near;
    private int groupSize;
    private final int[] column;
    private final double[] columnNear;
    private final double[] columnFar;
    private final double[][] local; // origin in the body's frame
    private final double[] groundSlope;
    private final double[] groundAt;
    private final Shape.Hit hit = new Shape.Hit();

    private final double[] best;
    private final Surface[] groundOf;
    private Surface groundSurface = Surface.ROAD;

    PointCloud cloud = new PointCloud(0);
    int[] labels = new int[0];
    final int[] pointsOf;

    SweepCaster(Ground plan, Body[] bodies, Actor[] actors, SensorModel sensor, int own, long key) {
        this.plan = plan;
        this.bodies = bodies;
        this.actors = actors;
        this.sensor = sensor;
        this.own = own;
        this.key = key;
        rings = sensor.beams().rings();
        cosE = new double[rings];
        sinE = new double[rings];
        best = new double[rings];
        groundOf = new Surface[rings];
        double[] elevation = sensor.beams().elevationRad();
        for (int r = 0; r < rings; r++) {
            cosE[r] = StrictMath.cos(elevation[r]);
            sinE[r] = StrictMath.sin(elevation[r]);
        }
        int n = bodies.length + actors.length;
        shape = new Shape[n];
        pose = new double[n][];
        seed = new long[n];
        label = new int[n];
        radius = new double[n];
        later = new double[n][];
        order = new long[n];
        column = new int[n];
        columnNear = new double[n];
        columnFar = new double[n];
        local = new double[n][3];
        int steps = (int) (sensor.maxRangeM() / GROUND_STEP_M) + 2;
        groundSlope = new double[steps];
        groundAt = new double[steps];
        pointsOf = new int[actors.length];
    }

    /** A moving sensor's pose: rotation row-major at 0..8, translation at 9..11. */
    interface SensorPath {
        void pose(double t, double[] out);
    }

    void cast(SensorPath path, double start, double duration, long durationNanos) {
        int columns = sensor.beams().columns();
        cloud = new PointCloud(columns * rings);
        labels = new int[columns * rings];
        double[] p = new double[12];
        gather(path, start, duration, p);
        for (int c0 = 0; c0 < columns; c0 += GROUP) {
            int c1 = Math.min(columns, c0 + GROUP);
            double t0 = start + duration * c0 / columns;
            double t1 = start + duration * c1 / columns;
            path.pose(0.5 * (t0 + t1), p);
            sortGroup(p, azimuth(0.5 * (c0 + c1), columns), (c1 - c0) * Math.PI / columns, t0, t1);
            for (int c = c0; c < c1; c++) {
                path.pose(start + duration * c / columns, p);
                double f = (c - c0) / (double) (c1 - c0);
                castColumn(c, azimuth(c, columns), p, f, (int) (durationNanos * c / columns));
            }
        }
        cloud.declare(true, true);
        labels = Arrays.copyOf(labels, cloud.size());
    }

    private static double azimuth(double c, int columns) {
        return Math.PI * (1 - 2 * c / columns);
    }

    /** Keeps what may be within range at all. */
    private void gather(SensorPath path, double start, double duration, double[] p) {
        path.pose(start + 0.5 * duration, p);
        near = 0;
        for (Body b : bodies) {
            add(b.shape(), b.pose(), b.seed(), Integer.MIN_VALUE, p);
        }
        for (int i = 0; i < actors.length; i++) {
            if (i != own && actors[i].presentAt(start + 0.5 * duration)) {
                double[] q = new double[12];
                actors[i].pose(start + 0.5 * duration, q);
                add(actors[i].shape, q, actors[i].seed, i, p);
            }
        }
    }

    private void add(Shape s, double[] q, long bodySeed, int bodyLabel, double[] p) {
        double dx = q[9] - p[9];
        double dy = q[10] - p[10];
        double r = s.radius() * 1.02;
        double reach = sensor.maxRangeM() + r + 3;
        if (dx * dx + dy * dy > reach * reach) {
            return;
        }
        shape[near] = s;
        pose[near] = q;
        later[near] = new double[3];
        seed[near] = bodySeed;
        label[near] = bodyLabel;
        radius[near] = r;
        near++;
    }

    private void sortGroup(double[] p, double azimuth, double halfAngle, double t0, double t1) {
        double ca = StrictMath.cos(azimuth);
        double sa = StrictMath.sin(azimuth);
        double hx = p[0] * ca + p[1] * sa;
        double hy = p[3] * ca + p[4] * sa;
        double n = 1 / Math.sqrt(hx * hx + hy * hy);
        hx *= n;
        hy *= n;
        double spread = 1.3 * halfAngle + TILT;
        groupSize = 0;
        double[] q = new double[12];
        for (int i = 0; i < near; i++) {
            double slack = 0.1;
            if (label[i] >= 0 && actors[label[i]].moves()) {
                slack = 0.3;
                actors[label[i]].pose(t1, q);
                later[i][0] = q[9];
                later[i][1] = q[10];
                later[i][2] = q[11];
                actors[label[i]].pose(t0, pose[i]);
            } else {
                System.arraycopy(pose[i], 9, later[i], 0, 3);
            }
            double dx = pose[i][9] - p[9];
            double dy = pose[i][10] - p[10];
            double r = radius[i] + slack;
            double forward = hx * dx + hy * dy;
            double lateral = Math.abs(hx * dy - hy * dx);
            if (forward > -r && lateral <= r + (forward + r) * spread) {
                double d = Math.max(0, Math.sqrt(dx * dx + dy * dy) - r);
                order[groupSize++] = ((long) Float.floatToRawIntBits((float) d) << 32) | i;
            }
        }
        Arrays.sort(order, 0, groupSize);
    }

    private void castColumn(int c, double azimuth, double[] p, double f, int offset) {
        double ca = StrictMath.cos(azimuth);
        double sa = StrictMath.sin(azimuth);
        double mx = p[0] * ca + p[1] * sa;
        double my = p[3] * ca + p[4] * sa;
        double n = 1 / Math.sqrt(mx * mx + my * my);
        mx *= n;
        my *= n;
        int candidates = filter(p, mx, my, f);
        profile(p, mx, my);
        // from the lowest beam upwards the ground recedes
        int step = 0;
        for (int r = rings - 1; r >= 0; r--) {
            double lx = cosE[r] * ca;
            double ly = cosE[r] * sa;
            double lz = sinE[r];
            double dx = p[0] * lx + p[1] * ly + p[2] * lz;
            double dy = p[3] * lx + p[4] * ly + p[5] * lz;
            double dz = p[6] * lx + p[7] * ly + p[8] * lz;
            double h = Math.sqrt(dx * dx + dy * dy);
            step = advance(Math.max(0, step - 2), dz / h);
            best[r] = groundHit(p, dx, dy, dz, h, step);
            groundOf[r] = groundSurface;
        }
        for (int r = 0; r < rings; r++) {
            castRay(c, r, ca, sa, p, candidates, best[r], offset);
        }
    }

    private int filter(double[] p, double mx, double my, double f) {
        int m = 0;
        for (int k = 0; k < groupSize; k++) {
            int i = (int) order[k];
            double[] q = pose[i];
            double tx = q[9] + f * (later[i][0] - q[9]);
            double ty = q[10] + f * (later[i][1] - q[10]);
            double tz = q[11] + f * (later[i][2] - q[11]);
            double dx = tx - p[9];
            double dy = ty - p[10];
            double r = radius[i];
            double forward = mx * dx + my * dy;
            double lateral = Math.abs(mx * dy - my * dx);
            if (forward < -r || lateral > r + TILT * (forward + r)) {
                continue;
            }
            double ox = p[9] - tx;
            double oy = p[10] - ty;
            double oz = p[11] - tz;
            double[] o = local[m];
            o[0] = q[0] * ox + q[3] * oy + q[6] * oz;
            o[1] = q[1] * ox + q[4] * oy + q[7] * oz;
            o[2] = q[2] * ox + q[5] * oy + q[8] * oz;
            double d = Math.sqrt(dx * dx + dy * dy);
            columnNear[m] = Math.max(0, d - r - 0.1);
            columnFar[m] = d + r;
            column[m++] = i;
        }
        return m;
    }

    /** Running maximum of the slope from the sensor to the ground, over distance. */
    private void profile(double[] p, double mx, double my) {
        double top = -1e9;
        for (int k = 0; k < groundSlope.length; k++) {
            double d = (k + 1) * GROUND_STEP_M;
            double h = plan.base(p[9] + d * mx, p[10] + d * my) + plan.kerbM();
            top = Math.max(top, (h - p[11]) / d);
            groundSlope[k] = top;
            groundAt[k] = d;
        }
    }

    private int advance(int from, double slope) {
        int k = from;
        while (k < groundSlope.length && groundSlope[k] < slope) {
            k++;
        }
        return k;
    }

    /** Distance along the ray to road, kerb or sidewalk near profile step {@code step}. */
    private double groundHit(double[] p, double dx, double dy, double dz, double h, int step) {
        if (step >= groundSlope.length) {
            return NONE;
        }
        double guess =
                step == 0
                        ? (p[11] - plan.base(p[9], p[10])) / Math.max(0.05, -dz)
                        : (groundAt[step] - 0.5 * GROUND_STEP_M) / h;
        double f = above(p, dx, dy, dz, guess);
        double slope = 4 * (above(p, dx, dy, dz, guess + 0.25) - f);
        double upper = surface(p, dx, dy, dz, guess, f, slope, plan.kerbM());
        if (upper == NONE) {
            return NONE;
        }
        double kerb = plan.kerbDistance(p[9] + upper * dx, p[10] + upper * dy);
        if (kerb > 0) {
            groundSurface = kerb > plan.sidewalkM() ? Surface.GRASS : Surface.SIDEWALK;
            return upper;
        }
        double next = upper - plan.kerbM() / slope;
        double lower = surface(p, dx, dy, dz, next, above(p, dx, dy, dz, next), slope, 0);
        if (lower == NONE) {
            return NONE;
        }
        if (plan.kerbDistance(p[9] + lower * dx, p[10] + lower * dy) <= 0) {
            groundSurface = Surface.ROAD;
            return lower;
        }
        groundSurface = Surface.KERB;
        return kerbFace(p, dx, dy, upper, lower);
    }

    /** Where the ray leaves the road between {@code onRoad} and {@code off}. */
    private double kerbFace(double[] p, double dx, double dy, double onRoad, double off) {
        double a = onRoad;
        double b = off;
        for (int i = 0; i < 16 && b - a > 1e-3; i++) {
            double m = 0.5 * (a + b);
            if (plan.kerbDistance(p[9] + m * dx, p[10] + m * dy) > 0) {
                b = m;
            } else {
                a = m;
            }
        }
        return b;
    }

    /**
     * Root of the height above the base plus {@code lift}, by steps along a slope that is taken
     * once (the ground is nearly plane over a step); NONE where the ray only grazes.
     */
    private double surface(
            double[] p,
            double dx,
            double dy,
            double dz,
            double guess,
            double aboveGuess,
            double slope,
            double lift) {
        if (!(slope < -1e-4)) {
            return NONE;
        }
        double t = guess;
        double f = aboveGuess - lift;
        for (int i = 0; i < 12; i++) {
            if (Math.abs(f) < 2e-4) {
                return t > 0 ? t : NONE;
            }
            t -= Math.max(-4, Math.min(4, f / slope));
            f = above(p, dx, dy, dz, t) - lift;
        }
        return NONE;
    }

    private double above(double[] p, double dx, double dy, double dz, double t) {
        return p[11] + t * dz - plan.base(p[9] + t * dx, p[10] + t * dy);
    }

    private void castRay(
            int c,
            int r,
            double ca,
            double sa,
            double[] p,
            int candidates,
            double ground,
            int offset) {
        double lx = cosE[r] * ca;
        double ly = cosE[r] * sa;
        double lz = sinE[r];
        double dx = p[0] * lx + p[1] * ly + p[2] * lz;
        double dy = p[3] * lx + p[4] * ly + p[5] * lz;
        double dz = p[6] * lx + p[7] * ly + p[8] * lz;
        double h = Math.sqrt(dx * dx + dy * dy);
        double slope = dz / h;
        hit.t = Math.min(ground, sensor.maxRangeM());
        int winner = -1;
        for (int k = 0; k < candidates && columnNear[k] < hit.t; k++) {
            int i = column[k];
            double oz = local[k][2];
            double z0 = oz + Math.min(slope * columnNear[k], slope * columnFar[k]);
            double z1 = oz + Math.max(slope * columnNear[k], slope * columnFar[k]);
            double tilt = 0.1 * radius[i] + 0.08 * columnFar[k] * (label[i] >= 0 ? 1 : 0);
            if (z1 < shape[i].low[2] - tilt || z0 > shape[i].high[2] + tilt) {
                continue;
            }
            double[] q = pose[i];
            double ex = q[0] * dx + q[3] * dy + q[6] * dz;
            double ey = q[1] * dx + q[4] * dy + q[7] * dz;
            double ez = q[2] * dx + q[5] * dy + q[8] * dz;
            if (shape[i].nearest(local[k][0], local[k][1], oz, ex, ey, ez, seed[i], hit)) {
                winner = i;
            }
        }
        if (winner >= 0 || hit.t == ground) {
            emit(c, r, lx, ly, lz, dz, winner, offset);
        }
    }

    private void emit(
            int c, int r, double lx, double ly, double lz, double dz, int winner, int offset) {
        double albedo;
        double glass = 0;
        double cosine;
        int pointLabel;
        if (winner >= 0) {
            Shape s = shape[winner];
            albedo = s.albedo[hit.part];
            glass = s.glass[hit.part];
            cosine = Math.min(1, hit.cosine);
            pointLabel = label[winner] >= 0 ? label[winner] : s.surface[hit.part].label();
        } else {
            Surface s = groundOf[r];
            albedo = s.albedo();
            cosine = s == Surface.KERB ? 0.7 : Math.max(0.02, -dz);
            pointLabel = s.label();
        }
        long noise = CounterHash.child(key, (long) c * rings + r);
        double range = hit.t + sensor.rangeSigmaM() * CounterHash.gauss(noise);
        double far = range / 100;
        double lost = 0.03 + 0.12 * far * far + glass + (cosine < 0.04 ? 0.15 * far : 0);
        if (albedo < 0.09 && range > 25) {
            lost += 0.4;
        }
        long more = CounterHash.mix(noise);
        if (CounterHash.unit(more) < lost
                || range < sensor.minRangeM()
                || range > sensor.maxRangeM()) {
            return;
        }
        double shine =
                albedo
                        * (0.35 + 0.65 * Math.sqrt(cosine))
                        * (1 + 0.08 * CounterHash.gauss(CounterHash.mix(more)));
        int size = cloud.size();
        labels[size] = pointLabel;
        if (pointLabel >= 0) {
            pointsOf[pointLabel]++;
        }
        cloud.add(
                (float) (range * lx),
                (float) (range * ly),
                (float) (range * lz),
                (float) Math.max(0, Math.min(1, shine)),
                r,
                offset);
    }
}
