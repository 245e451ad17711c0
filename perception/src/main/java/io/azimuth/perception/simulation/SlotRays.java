package io.azimuth.perception.simulation;

import java.util.Arrays;

/**
 * The rays that look along nearly one azimuth. A rotation has as many slots as columns; ring r
 * looks along slot {@code c + shift[r]} in column c, so that staggered beams, which pass an azimuth
 * at different times, still share what lies along it. Slots run from {@link #first} to before
 * {@link #end}, a little more than a turn. {@link #aim} fills the arrays, one value a ring.
 */
final class SlotRays {
    private static final double ORDERLY_SPREAD = 0.02;
    private static final int RING_STEPS = 512;

    final int rings;
    final int columns;
    final int first;
    final int end;

    /** From column to slot. */
    final int[] shift;

    // of the current slot: world directions, their horizontal length and slope, world origins
    final double[] dx;
    final double[] dy;
    final double[] dz;
    final double[] h;
    final double[] slope;
    final double[] ox;
    final double[] oy;
    final double[] oz;

    /** Measuring time less the slot's, in columns. */
    final double[] lag;

    /** Whether the ring passes the current slot within this sweep. */
    final boolean[] fires;

    /** Pose at the slot's own time: rotation row-major at 0..8, translation at 9..11. */
    final double[] pose = new double[12];

    /** Horizontal heading of the slot in the world. */
    double mx;

    double my;

    /** Rays leave the slot's vertical plane by no more than this a metre. */
    double spread;

    /** Origins are no more than this off the pose's translation. */
    double originSpan;

    /** The same on the ground, and how far above it they lie on the average of the extremes. */
    double flatSpan;

    double lift;

    /** How far the highest origin is over the average. */
    double liftSpan;

    /** Whether slopes descend with the ring and no ray strays far from the slot's plane. */
    boolean orderly;

    final double[] cosE;
    final double[] sinE;
    private final double[] cosRest;
    private final double[] sinRest;
    private final double[] delay;
    private final double[] up;
    private final double[] out;
    private final boolean offset;
    private final double[] cosSlot;
    private final double[] sinSlot;
    private final double[] poses;

    /** By ring: tangent of the elevation, and how much steeper the current slot's rays are. */
    private final double[] tangent;

    private double tilt;

    /** By steps of the tangent downwards from the top: about the first ring below. */
    private final int[] ringAt = new int[RING_STEPS];

    private final double stepsPerTangent;

    SlotRays(BeamPattern pattern, SweepCaster.SensorPath path, double start, double duration) {
        rings = pattern.rings();
        columns = pattern.columns();
        delay = pattern.delayColumns();
        up = pattern.originUpM();
        out = pattern.originOutM();
        offset = !BeamPattern.allZero(up) || !BeamPattern.allZero(out);
        shift = new int[rings];
        lag = new double[rings];
        cosE = new double[rings];
        sinE = new double[rings];
        cosRest = new double[rings];
        sinRest = new double[rings];
        double pitch = 2 * Math.PI / columns;
        for (int r = 0; r < rings; r++) {
            double turn = delay[r] - pattern.azimuthOffsetRad()[r] / pitch;
            shift[r] = (int) Math.rint(turn);
            lag[r] = delay[r] - shift[r];
            cosRest[r] = StrictMath.cos(-pitch * (turn - shift[r]));
            sinRest[r] = StrictMath.sin(-pitch * (turn - shift[r]));
            cosE[r] = StrictMath.cos(pattern.elevationRad()[r]);
            sinE[r] = StrictMath.sin(pattern.elevationRad()[r]);
        }
        first = Math.min(0, Arrays.stream(shift).min().orElse(0));
        end = columns + Math.max(0, Arrays.stream(shift).max().orElse(0));
        int slots = end - first;
        cosSlot = new double[slots];
        sinSlot = new double[slots];
        poses = new double[12 * (slots + 1)];
        for (int k = 0; k <= slots; k++) {
            path.pose(start + duration * (first + k) / columns, pose);
            System.arraycopy(pose, 0, poses, 12 * k, 12);
            if (k < slots) {
                cosSlot[k] = StrictMath.cos(Math.PI - pitch * (first + k));
                sinSlot[k] = StrictMath.sin(Math.PI - pitch * (first + k));
            }
        }
        tangent = new double[rings];
        Arrays.setAll(tangent, r -> sinE[r] / cosE[r]);
        stepsPerTangent = (RING_STEPS - 1) / Math.max(1e-3, tangent[0] - tangent[rings - 1]);
        int below = 0;
        for (int i = 0; i < RING_STEPS; i++) {
            while (below < rings - 1 && tangent[below] >= tangent[0] - i / stepsPerTangent) {
                below++;
            }
            ringAt[i] = below;
        }
        dx = new double[rings];
        dy = new double[rings];
        dz = new double[rings];
        h = new double[rings];
        slope = new double[rings];
        ox = new double[rings];
        oy = new double[rings];
        oz = new double[rings];
        fires = new boolean[rings];
    }

    /** Cosine of ring r's azimuth in the sensor's frame. */
    double cosAzimuth(int slot, int r) {
        int k = slot - first;
        return cosSlot[k] * cosRest[r] - sinSlot[k] * sinRest[r];
    }

    double sinAzimuth(int slot, int r) {
        int k = slot - first;
        return sinSlot[k] * cosRest[r] + cosSlot[k] * sinRest[r];
    }

    /** Turns to a slot. */
    void aim(int slot) {
        int k = slot - first;
        System.arraycopy(poses, 12 * k, pose, 0, 12);
        double hx = pose[0] * cosSlot[k] + pose[1] * sinSlot[k];
        double hy = pose[3] * cosSlot[k] + pose[4] * sinSlot[k];
        double n = Math.sqrt(hx * hx + hy * hy);
        mx = n > 1e-6 ? hx / n : 1;
        my = n > 1e-6 ? hy / n : 0;
        double cs = cosSlot[k];
        double ss = sinSlot[k];
        for (int r = 0; r < rings; r++) {
            int c = slot - shift[r];
            fires[r] = c >= 0 && c < columns;
            int at = 12 * (Math.max(0, Math.min(columns - 1, c)) - first);
            double ca = cs * cosRest[r] - ss * sinRest[r];
            aimRing(r, at, ca, ss * cosRest[r] + cs * sinRest[r]);
        }
        measureSlopes();
        measureOrigins();
    }

    private void measureSlopes() {
        double most = 0;
        double above = Double.MAX_VALUE;
        boolean descend = true;
        for (int r = 0; r < rings; r++) {
            double x = dx[r];
            double y = dy[r];
            double flat = Math.sqrt(x * x + y * y);
            flat = flat > 1e-9 ? flat : 1e-9;
            double s = dz[r] / flat;
            h[r] = flat;
            slope[r] = s;
            descend &= s < above;
            above = s;
            double along = mx * x + my * y;
            double stray = along > 0.05 * flat ? Math.abs(mx * y - my * x) / along : 1e9;
            most = stray > most ? stray : most;
        }
        spread = most;
        orderly = descend && most < ORDERLY_SPREAD;
        tilt = slope[rings / 2] - tangent[rings / 2];
    }

    private void measureOrigins() {
        double most = 0;
        double mostFlat = 0;
        double lowest = Double.MAX_VALUE;
        double highest = -Double.MAX_VALUE;
        double px = pose[9];
        double py = pose[10];
        double pz = pose[11];
        for (int r = 0; r < rings; r++) {
            double z = oz[r];
            double flat = Math.abs(ox[r] - px) + Math.abs(oy[r] - py);
            double off = flat + Math.abs(z - pz);
            mostFlat = flat > mostFlat ? flat : mostFlat;
            most = off > most ? off : most;
            lowest = z < lowest ? z : lowest;
            highest = z > highest ? z : highest;
        }
        originSpan = most;
        flatSpan = mostFlat;
        lift = 0.5 * (lowest + highest) - pz;
        liftSpan = 0.5 * (highest - lowest);
    }

    private void aimRing(int r, int at, double ca, double sa) {
        double[] p = poses;
        double f = delay[r];
        double lx = cosE[r] * ca;
        double ly = cosE[r] * sa;
        double lz = sinE[r];
        double x = p[at] * lx + p[at + 1] * ly + p[at + 2] * lz;
        double y = p[at + 3] * lx + p[at + 4] * ly + p[at + 5] * lz;
        double z = p[at + 6] * lx + p[at + 7] * ly + p[at + 8] * lz;
        double sx = p[at + 9];
        double sy = p[at + 10];
        double sz = p[at + 11];
        if (f != 0) {
            int b = at + 12; // the turn within a column is below 1e-3: linear is exact to 1e-7
            x += f * (p[b] * lx + p[b + 1] * ly + p[b + 2] * lz - x);
            y += f * (p[b + 3] * lx + p[b + 4] * ly + p[b + 5] * lz - y);
            z += f * (p[b + 6] * lx + p[b + 7] * ly + p[b + 8] * lz - z);
            sx += f * (p[b + 9] - sx);
            sy += f * (p[b + 10] - sy);
            sz += f * (p[b + 11] - sz);
        }
        if (offset) {
            double wx = out[r] * ca;
            double wy = out[r] * sa;
            double wz = up[r];
            sx += p[at] * wx + p[at + 1] * wy + p[at + 2] * wz;
            sy += p[at + 3] * wx + p[at + 4] * wy + p[at + 5] * wz;
            sz += p[at + 6] * wx + p[at + 7] * wy + p[at + 8] * wz;
        }
        dx[r] = x;
        dy[r] = y;
        dz[r] = z;
        ox[r] = sx;
        oy[r] = sy;
        oz[r] = sz;
    }

    /** First ring whose slope is below {@code s}. */
    int firstBelow(double s) {
        if (!orderly) {
            return searchBelow(s);
        }
        int step = (int) ((tangent[0] + tilt - s) * stepsPerTangent);
        int r = ringAt[Math.max(0, Math.min(RING_STEPS - 1, step))];
        while (r > 0 && slope[r - 1] < s) {
            r--;
        }
        while (r < rings && !(slope[r] < s)) {
            r++;
        }
        return r;
    }

    private int searchBelow(double s) {
        int a = 0;
        int b = rings;
        while (a < b) {
            int m = (a + b) >>> 1;
            if (slope[m] < s) {
                b = m;
            } else {
                a = m + 1;
            }
        }
        return a;
    }
}
