package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What lies in and about each candidate box: up to 64 of its points in the box's own frame, and
 * what all of them say together. Vehicles are turned along their sides first, so that points tell
 * how far their faces are. Buffers are reused; not thread-safe.
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

    /** Index of the class, as {@link #BOX_FIELDS} has them. */
    private static final int VEHICLE = 0;

    /** So far about a vehicle, and about a person or cyclist, metres. */
    private static final double ABOUT_VEHICLE_M = 0.7;

    private static final double ABOUT_OTHER_M = 1.0;

    /** Lower points are ground. */
    private static final double LOWEST_M = 0.12;

    private static final double ABOVE_M = 1.5;
    private static final double MARGIN_M = 0.3;
    private static final float LIMIT = 30;

    private final BoxSectors sectors = new BoxSectors();
    private final PointChoice choice = new PointChoice();
    private final AxisFit axis = new AxisFit();
    private OrientedBox[] boxes = new OrientedBox[0];
    private int[] kinds = new int[0];
    private double[] own = new double[0];
    private double[] overlap = new double[0];
    private double[] cos = new double[0];
    private double[] sin = new double[0];
    private double[] about = new double[0];
    private int[] within = new int[0];
    private float[][] reach = new float[0][]; // back, front, right, left, top
    private double[] reachSquared = new double[0];
    private int[][] near = new int[0][]; // however the box is turned
    private int[] nearby = new int[0];
    private int[][] members = new int[0][];
    private int[] sizes = new int[0];
    private int[][] chosen = new int[0][];
    private int[] counts = new int[0];
    private float[] x = new float[0];
    private float[] y = new float[0];
    private float[] height = new float[0];
    private float[] range = new float[0];

    /**
     * Looks at the points about the candidates; arrays of the cloud are read until the next call.
     *
     * @param candidates centres' z are heights over the ground
     * @param heightM of every point over the ground, metres
     * @return the candidates, vehicles among them turned as {@link AxisFit} says: these are what is
     *     looked at
     */
    List<PolarPeaks.Peak> gather(
            List<PolarPeaks.Peak> candidates,
            PointCloud cloud,
            PolarCoordinates polar,
            float[] heightM) {
        x = cloud.x();
        y = cloud.y();
        height = heightM;
        range = polar.rangeM();
        choice.over(cloud, range);
        int n = candidates.size();
        grow(n);
        sectors.reset(n);
        for (int b = 0; b < n; b++) {
            place(b, candidates.get(b));
            nearby[b] = 0;
            double reach = reachM(b);
            reachSquared[b] = reach * reach;
            sectors.add(b, boxes[b].x(), boxes[b].y(), reach);
        }
        scan(cloud.size(), polar.azimuthTurns());
        List<PolarPeaks.Peak> aligned = new ArrayList<>(candidates);
        for (int b = 0; b < n; b++) {
            settle(b);
            double turn = kinds[b] == VEHICLE ? turnRad(b) : 0;
            if (turn != 0) {
                aligned.set(b, candidates.get(b).turned(turn));
                place(b, aligned.get(b));
                settle(b);
            }
        }
        return aligned;
    }

    private void grow(int n) {
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
            reachSquared = new double[n];
            near = new int[n][4 * POINTS];
            nearby = new int[n];
            members = new int[n][4 * POINTS];
            sizes = new int[n];
            chosen = new int[n][POINTS];
            counts = new int[n];
        }
    }

    private void place(int b, PolarPeaks.Peak peak) {
        OrientedBox box = peak.box();
        boxes[b] = box;
        kinds[b] = peak.k();
        own[b] = peak.own();
        overlap[b] = peak.overlap();
        cos[b] = StrictMath.cos(box.yawRad());
        sin[b] = StrictMath.sin(box.yawRad());
        about[b] = peak.k() == VEHICLE ? ABOUT_VEHICLE_M : ABOUT_OTHER_M;
    }

    /** Nothing that lies about the box is farther from its centre, however it is turned. */
    private double reachM(int b) {
        OrientedBox box = boxes[b];
        return Math.hypot(0.5 * box.length() + about[b], 0.5 * box.width() + about[b]);
    }

    private void scan(int points, float[] turns) {
        for (int i = 0; i < points; i++) {
            if (range[i] < 0 || !(height[i] >= LOWEST_M)) {
                continue;
            }
            for (int w = 0; w < sectors.words(); w++) {
                for (long left = sectors.boxesAt(turns[i], w); left != 0; left &= left - 1) {
                    int b = w * Long.SIZE + Long.numberOfTrailingZeros(left);
                    if (sectors.reaches(b, range[i])) {
                        add(b, i);
                    }
                }
            }
        }
    }

    private double turnRad(int b) {
        OrientedBox box = boxes[b];
        axis.clear();
        for (int p = 0; p < counts[b]; p++) {
            int i = chosen[b][p];
            double dx = x[i] - box.x();
            double dy = y[i] - box.y();
            double u = cos[b] * dx + sin[b] * dy;
            double v = cos[b] * dy - sin[b] * dx;
            if (Math.abs(u) <= 0.5 * box.length() + MARGIN_M
                    && Math.abs(v) <= 0.5 * box.width() + MARGIN_M
                    && height[i] - box.z() <= 0.5 * box.height() + MARGIN_M) {
                axis.add(u, v);
            }
        }
        return axis.turnRad();
    }

    private void add(int b, int i) {
        double dx = x[i] - boxes[b].x();
        double dy = y[i] - boxes[b].y();
        if (dx * dx + dy * dy > reachSquared[b]) {
            return;
        }
        if (nearby[b] == near[b].length) {
            near[b] = Arrays.copyOf(near[b], 2 * nearby[b]);
            members[b] = new int[2 * nearby[b]];
        }
        near[b][nearby[b]++] = i;
    }

    /** Finds what of the points near a box lies about it, and chooses those that stand for all. */
    private void settle(int b) {
        sizes[b] = 0;
        within[b] = 0;
        Arrays.fill(reach[b], 0);
        for (int p = 0; p < nearby[b]; p++) {
            look(b, near[b][p]);
        }
        counts[b] = choice.choose(members[b], sizes[b], chosen[b]);
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
        members[b][sizes[b]++] = i;
        if (along <= MARGIN_M && across <= MARGIN_M && over <= MARGIN_M) {
            extend(b, (float) u, (float) v, height[i]);
        }
    }

    private void extend(int b, float u, float v, float h) {
        float[] r = reach[b];
        if (within[b]++ == 0) {
            r[0] = u;
            r[1] = u;
            r[2] = v;
            r[3] = v;
        }
        r[0] = Math.min(r[0], u);
        r[1] = Math.max(r[1], u);
        r[2] = Math.min(r[2], v);
        r[3] = Math.max(r[3], v);
        r[4] = Math.max(r[4], h);
    }

    /** Points about a candidate, more than {@link #POINTS} or none. */
    int size(int b) {
        return sizes[b];
    }

    /** Writes a candidate's {@code POINTS * POINT_FIELDS} numbers from {@code at} on. */
    void writePoints(int b, FloatBuffer out, int at) {
        OrientedBox box = boxes[b];
        int to = at;
        for (int p = 0; p < counts[b]; p++) {
            int i = chosen[b][p];
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
