package io.azimuth.jobs.realism;

import io.azimuth.perception.geometry.OrientedBox;

/**
 * The rays of a sweep that are aimed at a box.
 *
 * @param rays firings whose line meets the box above the road
 * @param before returns along such lines that lie clearly before the box
 */
record Aim(int rays, int before) {
    /** The bottom of a box that wheels and road take, metres. */
    private static final double ROAD_M = 0.15;

    private static final double CLEARLY_M = 0.5;

    /** Share of the rays that end at something before the box. */
    double hiddenShare() {
        return rays == 0 ? 1 : (double) before / rays;
    }

    static Aim at(Scan s, OrientedBox box) {
        double half = Math.asin(Math.min(1, halfDiagonal(box) / Math.max(0.1, box.rangeM())));
        double middle = Math.atan2(box.y(), box.x()) / (2 * Math.PI);
        double reach = half / (2 * Math.PI);
        int steps = (int) Math.ceil(reach / s.rings.stepTurns);
        int rays = 0;
        for (int r = 0; r < s.rings.count(); r++) {
            double tangent = s.rings.tangent[r];
            for (int k = -steps; k <= steps && !Double.isNaN(tangent); k++) {
                double turns = middle + k * s.rings.stepTurns;
                rays += entry(box, turns, tangent) < Double.POSITIVE_INFINITY ? 1 : 0;
            }
        }
        int before = 0;
        for (int i = 0; i < s.size; i++) {
            double off = s.rings.turns[i] - middle;
            if (s.valid(i) && Math.abs(off - Math.rint(off)) <= reach) {
                double at = entry(box, s.rings.turns[i], s.z[i] / s.rangeM[i]);
                before += s.rangeM[i] < at - CLEARLY_M && at < Double.POSITIVE_INFINITY ? 1 : 0;
            }
        }
        return new Aim(rays, before);
    }

    /** Horizontal range at which a line from the sensor enters the box; infinite if it misses. */
    private static double entry(OrientedBox box, double turns, double tangent) {
        double c = Math.cos(2 * Math.PI * turns);
        double s = Math.sin(2 * Math.PI * turns);
        double yc = Math.cos(box.yawRad());
        double ys = Math.sin(box.yawRad());
        double near = 0;
        double far = Double.POSITIVE_INFINITY;
        double top = box.z() + 0.5 * box.height();
        double low = box.bottomZ() + ROAD_M;
        double[] from = {
            -yc * box.x() - ys * box.y(), ys * box.x() - yc * box.y(), -0.5 * (top + low)
        };
        double[] along = {yc * c + ys * s, -ys * c + yc * s, tangent};
        double[] extent = {0.5 * box.length(), 0.5 * box.width(), 0.5 * (top - low)};
        for (int a = 0; a < 3; a++) {
            double d = Math.abs(along[a]) < 1e-12 ? 1e-12 : along[a];
            double t0 = (-extent[a] - from[a]) / d;
            double t1 = (extent[a] - from[a]) / d;
            near = Math.max(near, Math.min(t0, t1));
            far = Math.min(far, Math.max(t0, t1));
        }
        return near <= far ? near : Double.POSITIVE_INFINITY;
    }

    private static double halfDiagonal(OrientedBox box) {
        return 0.5 * Math.hypot(box.length(), box.width());
    }
}
