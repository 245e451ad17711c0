package io.azimuth.perception.simulation;

import java.util.Arrays;

/**
 * The bodies that one sweep may see. Those in the direction of a group of slots are sorted by
 * distance; in a slot, the extents of each body and of each of its parts along the slot's plane
 * tell which rings can meet it.
 */
final class Scene {
    private static final double NOTHING = -1;
    private static final double FASTEST_MPS = 40;

    private final SlotRays rays;
    private final Actor[] actors;
    private final double maxRangeM;
    private final long key;
    private final Window window;

    // within reach of the sweep: standing bodies first, then actors
    private final Shape[] hull;
    private final Shape[] shape;
    private final double[][] pose;
    private final double[][] later;
    private final long[] seed;
    private final int[] label;
    private final double[] radius;
    private final double[][] middle;
    private int near;

    private final long[] order;
    private double sweepWayM;
    private int groupSize;
    private int groupSlots;

    // of the current body in the current slot
    private final double[][] local;
    private final boolean[] ready;

    /** Rings that are to be cast at all. */
    private final boolean[] asks;

    private final Shape.Hit hit = new Shape.Hit();

    /**
     * Nearest hit of each ring: range, beyond the sensor's where there is none, -1 if not fired.
     */
    final double[] best;

    final double[] cosine;
    final double[] albedo;

    /** Label of the hit: an object's, a surface's. */
    final int[] met;

    Scene(SlotRays rays, Body[] bodies, Actor[] actors, double maxRangeM, long key) {
        this.rays = rays;
        this.actors = actors;
        this.maxRangeM = maxRangeM;
        this.key = key;
        window = new Window(rays);
        int n = bodies.length + actors.length;
        hull = new Shape[n];
        shape = new Shape[n];
        pose = new double[n][];
        later = new double[n][];
        middle = new double[n][];
        seed = new long[n];
        label = new int[n];
        radius = new double[n];
        order = new long[n];
        local = new double[6][rays.rings];
        ready = new boolean[rays.rings];
        asks = new boolean[rays.rings];
        best = new double[rays.rings];
        cosine = new double[rays.rings];
        albedo = new double[rays.rings];
        met = new int[rays.rings];
    }

    /** Keeps what may be within range of the sensor at pose {@code p} at all. */
    void gather(Body[] bodies, int own, double t, double duration, double[] p) {
        near = 0;
        sweepWayM = FASTEST_MPS * duration;
        for (Body b : bodies) {
            add(b.shape(), b.pose(), b.seed(), -1, p);
        }
        double[] q = new double[12];
        for (int i = 0; i < actors.length; i++) {
            if (i != own && actors[i].presentAt(t)) {
                actors[i].pose(t, q);
                add(actors[i].shape, q.clone(), actors[i].seed, i, p);
            }
        }
    }

    private void add(Shape s, double[] q, long bodySeed, int bodyLabel, double[] p) {
        double x = q[9] - p[9];
        double y = q[10] - p[10];
        double r = s.radius() * 1.02;
        double reach = maxRangeM + r + 3;
        if (x * x + y * y > reach * reach) {
            return;
        }
        hull[near] = s;
        shape[near] = s;
        pose[near] = q;
        later[near] = new double[] {q[9], q[10], q[11]};
        middle[near] = new double[] {q[9], q[10]};
        seed[near] = bodySeed;
        label[near] = bodyLabel;
        radius[near] = r;
        near++;
    }

    /**
     * Sorts what lies within {@code halfAngle} of where the rays aim, which is the group's middle.
     *
     * @param t0 of the group's first slot
     * @param t1 of the slot after its last
     */
    void sortGroup(double halfAngle, int slots, double t0, double t1) {
        double[] p = rays.pose;
        double aside = 1.3 * halfAngle + 1.3 * rays.spread + 0.01;
        groupSize = 0;
        groupSlots = slots;
        for (int i = 0; i < near; i++) {
            double r = radius[i] + 0.1 + rays.originSpan;
            if (label[i] >= 0) {
                // nobody goes further than this from its place at mid-sweep
                if (!ahead(middle[i][0] - p[9], middle[i][1] - p[10], r + sweepWayM, aside)) {
                    continue;
                }
                r += 0.2;
                moveTo(i, t0, t1);
            }
            double x = pose[i][9] - p[9];
            double y = pose[i][10] - p[10];
            if (ahead(x, y, r, aside)) {
                double d = Math.max(0, Math.sqrt(x * x + y * y) - r);
                order[groupSize++] = ((long) Float.floatToRawIntBits((float) d) << 32) | i;
            }
        }
        Arrays.sort(order, 0, groupSize);
    }

    /**
     * Whether a disc of radius {@code r} at x, y from the sensor reaches into the group's wedge.
     */
    private boolean ahead(double x, double y, double r, double aside) {
        double forward = rays.mx * x + rays.my * y;
        double lateral = Math.abs(rays.mx * y - rays.my * x);
        return forward > -r && lateral <= r + (forward + r) * aside;
    }

    private void moveTo(int i, double t0, double t1) {
        Actor a = actors[label[i]];
        if (a.moves()) {
            a.pose(t1, pose[i]);
            System.arraycopy(pose[i], 9, later[i], 0, 3);
            a.pose(t0, pose[i]);
        }
        shape[i] = a.shapeAt(0.5 * (t0 + t1));
    }

    /**
     * Casts the slot that the rays aim at.
     *
     * @param slot its number
     * @param fromStart slots since the group's first
     */
    void cast(int slot, int fromStart, GroundFollower ground) {
        for (int r = 0; r < rays.rings; r++) {
            best[r] = rays.fires[r] ? Math.min(ground.atMost[r], maxRangeM) : -1;
            albedo[r] = NOTHING;
        }
        Arrays.fill(asks, true);
        castBodies(slot, fromStart);
        boolean again = false;
        for (int r = 0; r < rays.rings; r++) {
            meetGround(r, ground);
            asks[r] = best[r] == GroundFollower.NONE && ground.atMost[r] < maxRangeM;
            again |= asks[r];
        }
        if (again) {
            castBeyond(slot, fromStart);
        }
    }

    /** Rays that only grazed the ground which seemed to stop them go on to what is behind. */
    private void castBeyond(int slot, int fromStart) {
        for (int r = 0; r < rays.rings; r++) {
            best[r] = asks[r] ? maxRangeM : best[r];
        }
        castBodies(slot, fromStart);
    }

    private void castBodies(int slot, int fromStart) {
        double share = 1.0 / groupSlots;
        for (int k = 0; k < groupSize; k++) {
            int i = (int) order[k];
            window.enter(pose[i], later[i], fromStart * share);
            if (window.open(hull[i].low, hull[i].high) && toLocal(i, fromStart, share)) {
                castParts(slot, i);
            }
        }
    }

    private void meetGround(int r, GroundFollower ground) {
        if (best[r] < 0) {
            return;
        }
        boolean open = albedo[r] == NOTHING;
        double t = ground.range(r, best[r]);
        if (open || t < best[r]) {
            best[r] = t;
            met[r] = ground.surface().label();
            albedo[r] = ground.surface().albedo();
            cosine[r] = ground.surface() == Surface.KERB ? 0.7 : Math.max(0.02, -rays.dz[r]);
        }
    }

    /** Rays into the body's frame; whether one is not stopped before the body. */
    private boolean toLocal(int i, int fromStart, double share) {
        double[] q = pose[i];
        double vx = later[i][0] - q[9];
        double vy = later[i][1] - q[10];
        double vz = later[i][2] - q[11];
        boolean any = false;
        for (int r = window.top; r <= window.bottom; r++) {
            ready[r] = asks[r] && window.near < best[r];
            if (!ready[r]) {
                continue;
            }
            any = true;
            double f = (fromStart + rays.lag[r]) * share;
            double x = rays.ox[r] - q[9] - f * vx;
            double y = rays.oy[r] - q[10] - f * vy;
            double z = rays.oz[r] - q[11] - f * vz;
            local[0][r] = q[0] * x + q[3] * y + q[6] * z;
            local[1][r] = q[1] * x + q[4] * y + q[7] * z;
            local[2][r] = q[2] * x + q[5] * y + q[8] * z;
            x = rays.dx[r];
            y = rays.dy[r];
            z = rays.dz[r];
            local[3][r] = q[0] * x + q[3] * y + q[6] * z;
            local[4][r] = q[1] * x + q[4] * y + q[7] * z;
            local[5][r] = q[2] * x + q[5] * y + q[8] * z;
        }
        return any;
    }

    private void castParts(int slot, int i) {
        Shape s = shape[i];
        int top = window.top;
        int bottom = window.bottom;
        for (int p = 0; p < s.parts(); p++) {
            if (!window.open(s.partLow(p), s.partHigh(p))) {
                continue;
            }
            int last = Math.min(bottom, window.bottom);
            for (int r = Math.max(top, window.top); r <= last; r++) {
                if (ready[r] && window.near < best[r]) {
                    castRay(slot, i, s, p, r);
                }
            }
        }
    }

    /** What decides, with the part, whether a ray passes its glass. */
    long glassKey(int slot, int r) {
        return key ^ ((long) slot * rays.rings + r) * 0xD1342543DE82EF95L;
    }

    private void castRay(int slot, int i, Shape s, int p, int r) {
        hit.t = best[r];
        hit.glassKey = glassKey(slot, r);
        if (s.meets(
                p,
                local[0][r],
                local[1][r],
                local[2][r],
                local[3][r],
                local[4][r],
                local[5][r],
                seed[i],
                hit)) {
            best[r] = hit.t;
            cosine[r] = hit.cosine;
            albedo[r] = hit.absorbed ? 0 : s.albedo[p];
            met[r] = label[i] >= 0 ? label[i] : s.surface[p].label();
        }
    }
}
