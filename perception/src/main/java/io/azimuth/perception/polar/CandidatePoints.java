package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What lies in and about each candidate box: up to 64 of its points in the box's own frame, and
 * what all of them say together. Of more points those are taken whose height and range have the
 * least hash: a choice by chance that depends neither on the points' order nor on a turn of the
 * scene. Buffers are reused; not thread-safe.
 */
final class CandidatePoints {
    /** Points of a candidate. */
    static final int POINTS = 64;

    /** Along, across, up from the box's centre; height over the ground, metres; 1: a point. */
    static final int POINT_FIELDS = 5;

    /** What is said of a box beside its points. */
    static final List<String> BOX_FIELDS =
            List.of(
                    "vehicle",
                    "pedestrian",
                    "cyclist",
                    "length",
                    "width",
                    "height",
                    "centre",
                    "range",
                    "cos_view",
                    "sin_view",
                    "own",
                    "overlap",
                    "about",
                    "within",
                    "back",
                    "front",
                    "right",
                    "left",
                    "top");

    /** So far about a vehicle, and about a person or cyclist, metres. */
    private static final double ABOUT_VEHICLE_M = 0.7;

    private static final double ABOUT_OTHER_M = 1.0;

    /** Lower points are ground. */
    private static final double LOWEST_M = 0.12;

    private static final double ABOVE_M = 1.5;
    private static final double MARGIN_M = 0.3;
    private static final double RANGE_STEPS = 250; // of 4 mm
    private static final float LIMIT = 30;

    private final BoxSectors sectors = new BoxSectors();
    private OrientedBox[] boxes = new OrientedBox[0];
    private int[] kinds = new int[0];
    private double[] own = new double[0];
    private double[] overlap = new double[0];
    private double[] cos = new double[0];
    private double[] sin = new double[0];
    private double[] about = new double[0];
    private int[] within = new int[0];
    private float[][] reach = new float[0][]; // back, front, right, left, top
    private int[][] members = new int[0][];
    private int[] sizes = new int[0];
    private long[] keys = new long[0];
    private float[] x = new float[0];
    private float[] y = new float[0];
    private float[] z = new float[0];
    private float[] height = new float[0];
    private float[] range = new float[0];

    /**
     * Looks at the points about the candidates; arrays of the cloud are read until the next call.
     *
     * @param candidates centres' z are heights over the ground
     * @param heightM of every point over the ground, metres
     */
    void gather(
            List<PolarPeaks.Peak> candidates,
            PointCloud cloud,
            PolarCoordinates polar,
            float[] heightM) {
        reset(candidates);
        x = cloud.x();
        y = cloud.y();
        z = cloud.z();
        height = heightM;
        range = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        for (int i = 0; i < cloud.size(); i++) {
            if (range[i] < 0 || !(heightM[i] >= LOWEST_M)) {
                continue;
            }
            for (int w = 0; w < sectors.words(); w++) {
                for (long left = sectors.boxesAt(turns[i], w); left != 0; left &= left - 1) {
                    look(w * Long.SIZE + Long.numberOfTrailingZeros(left), i);
                }
            }
        }
    }

    private void reset(List<PolarPeaks.Peak> candidates) {
        int n = candidates.size();
        sectors.reset(n);
        if (sizes.length < n) {
            boxes = new OrientedBox[n];
            kinds = new int[n];
            own = new double[n];
            overlap = new double[n];
            cos = new double[n];
            sin = new double[n];
            about = new double[n];
            within = new int[n];
            reach = new float[n][5];
            members = new int[n][4 * POINTS];
            sizes = new int[n];
        }
        Arrays.fill(sizes, 0, n, 0);
        Arrays.fill(within, 0, n, 0);
        for (int b = 0; b < n; b++) {
            PolarPeaks.Peak peak = candidates.get(b);
            OrientedBox box = peak.box();
            boxes[b] = box;
            kinds[b] = peak.k();
            own[b] = peak.own();
            overlap[b] = peak.overlap();
            cos[b] = StrictMath.cos(box.yawRad());
            sin[b] = StrictMath.sin(box.yawRad());
            about[b] = peak.k() == 0 ? ABOUT_VEHICLE_M : ABOUT_OTHER_M;
            Arrays.fill(reach[b], 0);
            double half = Math.hypot(0.5 * box.length() + about[b], 0.5 * box.width() + about[b]);
            sectors.add(b, box.x(), box.y(), half);
        }
    }

    private void look(int b, int i) {
        OrientedBox box = boxes[b];
        double dx = x[i] - box.x();
        double dy = y[i] - box.y();
        double u = cos[b] * dx + sin[b] * dy;
        double v = cos[b] * dy - sin[b] * dx;
        double along = Math.abs(u) - 0.5 * box.length();
        double across = Math.abs(v) - 0.5 * box.width();
        double over = height[i] - box.z() - 0.5 * box.height();
        if (along > about[b] || across > about[b] || over > ABOVE_M) {
            return;
        }
        if (sizes[b] == members[b].length) {
            members[b] = Arrays.copyOf(members[b], 2 * sizes[b]);
        }
        members[b][sizes[b]++] = i;
        if (along <= MARGIN_M && across <= MARGIN_M && over <= MARGIN_M) {
            float[] r = reach[b];
            if (within[b]++ == 0) {
                r[0] = (float) u;
                r[1] = (float) u;
                r[2] = (float) v;
                r[3] = (float) v;
            }
            r[0] = Math.min(r[0], (float) u);
            r[1] = Math.max(r[1], (float) u);
            r[2] = Math.min(r[2], (float) v);
            r[3] = Math.max(r[3], (float) v);
            r[4] = Math.max(r[4], height[i]);
        }
    }

    /** Points about a candidate, more than {@link #POINTS} or none. */
    int size(int b) {
        return sizes[b];
    }

    /** Writes a candidate's {@code POINTS * POINT_FIELDS} numbers from {@code at} on. */
    void writePoints(int b, FloatBuffer out, int at) {
        choose(b);
        OrientedBox box = boxes[b];
        int n = Math.min(POINTS, sizes[b]);
        int to = at;
        for (int p = 0; p < n; p++) {
            int i = (int) keys[p];
            double dx = x[i] - box.x();
            double dy = y[i] - box.y();
            out.put(to++, clamp(cos[b] * dx + sin[b] * dy));
            out.put(to++, clamp(cos[b] * dy - sin[b] * dx));
            out.put(to++, clamp(height[i] - box.z()));
            out.put(to++, clamp(height[i]));
            out.put(to++, 1);
        }
        int end = at + POINTS * POINT_FIELDS;
        while (to < end) {
            out.put(to++, 0);
        }
    }

    private static float clamp(double value) {
        return (float) Math.max(-LIMIT, Math.min(LIMIT, value));
    }

    /** The chosen points' places in {@code keys}, by hash. */
    private void choose(int b) {
        int n = sizes[b];
        if (keys.length < n) {
            keys = new long[Math.max(n, 2 * keys.length)];
        }
        for (int p = 0; p < n; p++) {
            int i = members[b][p];
            keys[p] = (long) hash(i) << Integer.SIZE | i;
        }
        Arrays.sort(keys, 0, n);
        for (int p = 1; p < n; p++) { // of one hash: by place
            long key = keys[p];
            int q = p - 1;
            while (q >= 0 && follows(keys[q], key)) {
                keys[q + 1] = keys[q];
                q--;
            }
            keys[q + 1] = key;
        }
    }

    private boolean follows(long a, long b) {
        if (a >>> Integer.SIZE != b >>> Integer.SIZE) {
            return false; // sorted already
        }
        int i = (int) a;
        int j = (int) b;
        int c = Float.compare(z[i], z[j]);
        c = c != 0 ? c : Float.compare(x[i], x[j]);
        return c != 0 ? c > 0 : Float.compare(y[i], y[j]) > 0;
    }

    private int hash(int i) {
        int h = Float.floatToIntBits(z[i] + 0f) * 0x9E3779B1;
        h ^= (int) Math.rint(range[i] * RANGE_STEPS) * 0x85EBCA6B;
        h ^= h >>> 15;
        h *= 0x2C1B3C6D;
        h ^= h >>> 12;
        h *= 0x297A2D39;
        return h ^ h >>> 15;
    }

    /** Writes a candidate's {@link #BOX_FIELDS} from {@code at} on. */
    void writeBox(int b, FloatBuffer out, int at) {
        OrientedBox box = boxes[b];
        double range2d = box.rangeM();
        // of the axis seen from the sensor; the way is not told
        double view = 2 * (box.yawRad() - StrictMath.atan2(box.y(), box.x()));
        int to = at;
        for (int k = 0; k < 3; k++) {
            out.put(to++, kinds[b] == k ? 1 : 0);
        }
        out.put(to++, (float) box.length());
        out.put(to++, (float) box.width());
        out.put(to++, (float) box.height());
        out.put(to++, clamp(box.z()));
        out.put(to++, (float) range2d);
        out.put(to++, (float) StrictMath.cos(view));
        out.put(to++, (float) StrictMath.sin(view));
        out.put(to++, (float) own[b]);
        out.put(to++, (float) overlap[b]);
        out.put(to++, sizes[b]);
        out.put(to++, within[b]);
        for (float r : reach[b]) {
            out.put(to++, clamp(r));
        }
    }
}
