package io.azimuth.jobs.realism;

import java.util.Arrays;

/**
 * How thick flat things are: the standard deviation of points about the plane fitted to a patch of
 * 1 m with at least 50 points, on the road (ground within 20 m) and on upright walls. A patch
 * counts if nearly all of it is one plane.
 */
final class PlaneResidual implements Measure {
    private static final int FEWEST_POINTS = 50;
    private static final int FEWEST_OF_A_RING = 5;
    private static final int FEWEST_RINGS = 4;
    private static final double LEAST_INLIERS = 0.9;

    /** Thicker than this, metres, and it is no plane. */
    private static final double MOST_SIGMA_M = 0.08;

    /** Points on a line define no plane: least spread across, metres. */
    private static final double LEAST_SPAN_M = 0.12;

    private static final double ROAD_REACH_M = 20;
    private static final double WALL_REACH_M = 40;
    private static final double WALL_LOW_M = 0.5;
    private static final double WALL_HIGH_M = 4;
    private static final int OFFSET = 512; // cells are numbered from -OFFSET

    private final Spread road = new Spread();
    private final Spread wall = new Spread();
    private final Spread withinRing = new Spread();
    private final Spread betweenRings = new Spread();

    @Override
    public void add(Scan s) {
        long[] keys = new long[s.size];
        int n = 0;
        for (int i = 0; i < s.size; i++) {
            boolean flat = s.isGround(i) && s.rangeM[i] < ROAD_REACH_M;
            boolean upright =
                    s.valid(i)
                            && s.rangeM[i] < WALL_REACH_M
                            && s.aboveM[i] > WALL_LOW_M
                            && s.aboveM[i] < WALL_HIGH_M;
            if (flat || upright) {
                long layer = flat ? 0 : 1 + (long) Math.floor(s.z[i] + OFFSET);
                long cell = (cell(s.x[i]) << 11) | cell(s.y[i]);
                keys[n++] = ((cell << 11 | layer) << 20) | i;
            }
        }
        Arrays.sort(keys, 0, n);
        for (int from = 0, to; from < n; from = to) {
            for (to = from; to < n && keys[to] >> 20 == keys[from] >> 20; to++) {}
            if (to - from >= FEWEST_POINTS) {
                patch(s, keys, from, to);
            }
        }
    }

    @Override
    public void report(Findings out) {
        // each kind of surface counts once, however many patches of it there are
        double mean = 0.5 * (road.median() + wall.median());
        out.figure("plane_sigma_m", mean, road.count() + wall.count());
        out.spread("plane_sigma_road_m", road);
        out.spread("plane_sigma_wall_m", wall);
        out.spread("wall_scatter_within_ring_m", withinRing);
        out.spread("wall_scatter_of_rings_m", betweenRings);
    }

    private void patch(Scan s, long[] keys, int from, int to) {
        double[] xyz = new double[3 * (to - from)];
        for (int k = from; k < to; k++) {
            int i = (int) (keys[k] & 0xFFFFF);
            xyz[3 * (k - from)] = s.x[i];
            xyz[3 * (k - from) + 1] = s.y[i];
            xyz[3 * (k - from) + 2] = s.z[i];
        }
        PlaneFit fit = PlaneFit.of(xyz, to - from);
        boolean onRoad = (keys[from] >> 20 & 0x7FF) == 0;
        boolean turned = onRoad ? fit.nz() > 0.95 : fit.nz() < 0.2;
        if (turned
                && fit.inlierShare() >= LEAST_INLIERS
                && fit.spanM() >= LEAST_SPAN_M
                && fit.sigmaM() <= MOST_SIGMA_M) {
            (onRoad ? road : wall).add(fit.sigmaM());
            if (!onRoad) {
                byRing(s, keys, from, to, fit);
            }
        }
    }

    /**
     * Splits a wall's thickness: the scatter of the points of one ring about their mean distance
     * (noise of a shot), and that of the rings' means (an offset of each laser).
     */
    private void byRing(Scan s, long[] keys, int from, int to, PlaneFit fit) {
        double[] sum = new double[s.rings.count()];
        double[] squares = new double[sum.length];
        int[] count = new int[sum.length];
        for (int k = from; k < to; k++) {
            int i = (int) (keys[k] & 0xFFFFF);
            int r = s.sweep.points().ringOf(i);
            double d = fit.distance(s.x[i], s.y[i], s.z[i]);
            if (r < sum.length && Math.abs(d) <= Math.max(0.01, 3 * fit.sigmaM())) {
                sum[r] += d;
                squares[r] += d * d;
                count[r]++;
            }
        }
        Spread between = new Spread();
        for (int r = 0; r < sum.length; r++) {
            if (count[r] >= FEWEST_OF_A_RING) {
                double mean = sum[r] / count[r];
                double variance = squares[r] / count[r] - mean * mean;
                withinRing.add(Math.sqrt(Math.max(0, variance)));
                between.add(mean * mean);
            }
        }
        if (between.count() >= FEWEST_RINGS) {
            betweenRings.add(Math.sqrt(between.mean()));
        }
    }

    private static long cell(float metres) {
        return (long) Math.floor(metres) + OFFSET;
    }
}
