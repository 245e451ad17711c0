package io.azimuth.jobs.realism;

import java.util.Arrays;

/**
 * How thick flat things are: the standard deviation of points about the plane fitted to a patch of
 * 1 m with at least 50 points, on the road (ground within 20 m) and on upright walls. A patch
 * counts if nearly all of it is one plane.
 */
final class PlaneResidual implements Measure {
    private static final int FEWEST_POINTS = 50;
    private static final double LEAST_INLIERS = 0.9;

    /** Thicker than this, metres, and it is no plane. */
    private static final double MOST_SIGMA_M = 0.08;

    private static final double ROAD_REACH_M = 20;
    private static final double WALL_REACH_M = 40;
    private static final double WALL_LOW_M = 0.5;
    private static final double WALL_HIGH_M = 4;
    private static final int OFFSET = 512; // cells are numbered from -OFFSET

    private final Spread road = new Spread();
    private final Spread wall = new Spread();
    private final Spread both = new Spread();

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
                long cell = cell(s.x[i]) << 11 | cell(s.y[i]);
                keys[n++] = (cell << 11 | layer) << 20 | i;
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
        out.spread("plane_sigma_m", both);
        out.spread("plane_sigma_road_m", road);
        out.spread("plane_sigma_wall_m", wall);
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
        if (turned && fit.inlierShare() >= LEAST_INLIERS && fit.sigmaM() <= MOST_SIGMA_M) {
            (onRoad ? road : wall).add(fit.sigmaM());
            both.add(fit.sigmaM());
        }
    }

    private static long cell(float metres) {
        return (long) Math.floor(metres) + OFFSET;
    }
}
