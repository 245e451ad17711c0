package io.azimuth.perception.simulation;

import java.util.Arrays;

/**
 * The bodies that one sweep may see. Those in the direction of a group of slots are sorted by
 * distance; in a slot, the extents of each body and of each of its parts along the slot's plane
 * tell which rings can meet it.
 */
final class Scene {
    private static final double NOTHING = -1;
    private static final double[] STILL = new double[3];
    private static final double FASTEST_MPS = 40;

    private final SlotRays rays;
    private final Actor[] actors;
    private final double maxRangeM;
    private final Window window;
    private final PartCaster parts;

    // within reach of the sweep: standing bodies first, then actors
    private final Shape[] shape;
    private final double[][] pose;

    /** Way within the current group. */
    private final double[][] way;

    private final long[] seed;
    private final int[] label;
    private final double[] radius;
    private final double[] reach;
    private final double[] middleX;
    private final double[] middleY;

    /** Of the surroundings. */
    private final int[] number;

    private final double[] bounds;
    private final boolean[] sticksOut;
    private int near;
    private final int standing;

    private final long[] order;
    private double sweepWayM;
    private int groupSize;
    private int groupSlots;

    // of the group's bodies in their order, for the first look at each slot
    private final double[] placeX;
    private final double[] placeY;
    private final double[] placeReach;

    /** Rings that are to be cast at all. */
    private final boolean[] asks;

    /**
     * Nearest hit of each ring: range, beyond the sensor's where there is none, -1 if not fired.
     */
    final double[] best;

    final double[] cosine;
    final double[] albedo;

    /** Label of the hit: an object's, a surface's. */
    final int[] met;

    /**
     * Keeps what may be within range of the sensor at all.
     *
     * @param own index of the actor that carries the sensor
     * @param t middle of the sweep
     * @param p the sensor's pose then
     */
    Scene(
            SlotRays rays,
            Surroundings around,
            double maxRangeM,
            long key,
            int own,
            double t,
            double duration,
            double[] p) {
        this.rays = rays;
        actors = around.actors;
        bounds = around.bounds;
        sticksOut = around.sticksOut;
        this.maxRangeM = maxRangeM;
        window = new Window(rays);
        asks = new boolean[rays.rings];
        best = new double[rays.rings];
        cosine = new double[rays.rings];
        albedo = new double[rays.rings];
        met = new int[rays.rings];
        parts = new PartCaster(rays, best, cosine, albedo, met, key);
        int[] close = new int[around.bodies.length];
        int n = 0;
        for (int i = 0; i < close.length; i++) {
            close[n] = i;
            n += within(around.x[i], around.y[i], around.radius[i], p) ? 1 : 0;
        }
        standing = n;
        int most = n + actors.length;
        shape = new Shape[most];
        pose = new double[most][];
        way = new double[most][];
        middleX = new double[most];
        middleY = new double[most];
        seed = new long[most];
        label = new int[most];
        radius = new double[most];
        reach = new double[most];
        number = new int[most];
        order = new long[most];
        placeX = new double[most];
        placeY = new double[most];
        placeReach = new double[most];
        sweepWayM = FASTEST_MPS * duration;
        for (int k = 0; k < n; k++) {
            Body b = around.bodies[close[k]];
            add(b.shape(), b.pose(), STILL, b.seed(), -1);
            measure(around, close[k]);
        }
        gather(around, own, t, p);
    }

    private void gather(Surroundings around, int own, double t, double[] p) {
        double[] q = new double[12];
        int bodies = around.bodies.length;
        for (int i = 0; i < actors.length; i++) {
            if (i != own && actors[i].presentAt(t)) {
                actors[i].pose(t, q);
                if (within(q[9], q[10], around.radius[bodies + i], p)) {
                    add(actors[i].shape, q.clone(), new double[3], actors[i].seed, i);
                    measure(around, bodies + i);
                }
            }
        }
    }

    private void measure(Surroundings around, int i) {
        number[near - 1] = i;
        radius[near - 1] = around.radius[i];
        reach[near - 1] = around.reach[i];
    }

    private boolean within(double bodyX, double bodyY, double r, double[] p) {
        double x = bodyX - p[9];
        double y = bodyY - p[10];
        double far = maxRangeM + r + 3;
        return !(x * x + y * y > far * far);
    }

    private void add(Shape s, double[] q, double[] v, long bodySeed, int bodyLabel) {
        shape[near] = s;
        pose[near] = q;
        way[near] = v;
        middleX[near] = q[9];
        middleY[near] = q[10];
        seed[near] = bodySeed;
        label[near] = bodyLabel;
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
        for (int i = 0; i < standing; i++) {
            double r = radius[i] + 0.1 + rays.originSpan;
            sort(i, middleX[i] - p[9], middleY[i] - p[10], r, aside);
        }
        for (int i = standing; i < near; i++) {
            // nobody goes further than this from its place at mid-sweep
            double r = radius[i] + 0.1 + rays.originSpan;
            if (ahead(middleX[i] - p[9], middleY[i] - p[10], r + sweepWayM, aside)) {
                moveTo(i, t0, t1);
                double[] q = pose[i];
                sort(i, q[9] - p[9], q[10] - p[10], r + 0.2, aside);
            }
        }
        Arrays.sort(order, 0, groupSize);
        for (int k = 0; k < groupSize; k++) {
            int i = (int) order[k];
            placeX[k] = pose[i][9];
            placeY[k] = pose[i][10];
            // with what it moves within the group
            placeReach[k] = reach[i] + (label[i] >= 0 ? 0.3 : 0.1);
        }
    }

    private void sort(int i, double x, double y, double r, double aside) {
        if (ahead(x, y, r, aside)) {
            double d = Math.max(0, Math.sqrt(x * x + y * y) - r);
            order[groupSize++] = ((long) Float.floatToRawIntBits((float) d) << 32) | i;
        }
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
            double[] q = pose[i];
            double[] v = way[i];
            a.pose(t1, q);
            System.arraycopy(q, 9, v, 0, 3);
            a.pose(t0, q);
            v[0] -= q[9];
            v[1] -= q[10];
            v[2] -= q[11];
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
        double f = fromStart * share;
        for (int k = 0; k < groupSize; k++) {
            if (rays.orderly && !inPlane(k)) {
                continue;
            }
            int i = (int) order[k];
            double[] q = pose[i];
            double[] v = way[i];
            window.enter(q, q[9] + f * v[0], q[10] + f * v[1], q[11] + f * v[2]);
            int b = Shape.BOUND * number[i];
            boolean open =
                    sticksOut[number[i]] ? window.openWide(bounds, b) : window.open(bounds, b);
            if (open && parts.enter(window, q, v, fromStart, share, asks)) {
                parts.cast(window, slot, shape[i], seed[i], label[i]);
            }
        }
    }

    /** Whether the slot's rays, none of which strays far, can come near a body of the group. */
    private boolean inPlane(int k) {
        double r = placeReach[k] + rays.flatSpan;
        double x = placeX[k] - rays.pose[9];
        double y = placeY[k] - rays.pose[10];
        double forward = rays.mx * x + rays.my * y;
        double lateral = Math.abs(rays.mx * y - rays.my * x);
        return forward > -r && lateral <= r + (forward + r) * rays.spread;
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

    /** What decides, with the part, whether a ray passes its glass. */
    long glassKey(int slot, int r) {
        return parts.glassKey(slot, r);
    }
}
