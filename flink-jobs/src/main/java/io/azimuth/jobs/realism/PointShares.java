package io.azimuth.jobs.realism;

/** Points a sweep, their share on the ground, and how they spread over rings and ranges. */
final class PointShares implements Measure {
    private static final int RANGE_BINS = 10;
    private static final double RANGE_BIN_M = 10;
    private static final int RINGS = 64;

    private final Spread points = new Spread();
    private final Spread ground = new Spread();
    private final Spread trueGround = new Spread();
    private final double[] byRing = new double[RINGS];
    private final double[] byRange = new double[RANGE_BINS];
    private int sweeps;
    private long estimatedOnly;
    private long trueOnly;
    private long labelled;

    @Override
    public void add(Scan s) {
        sweeps++;
        int valid = 0;
        int onGround = 0;
        int trulyGround = 0;
        for (int i = 0; i < s.size; i++) {
            if (!s.valid(i)) {
                continue;
            }
            valid++;
            boolean g = s.isGround(i);
            boolean t = s.isTrulyGround(i);
            onGround += g ? 1 : 0;
            trulyGround += t ? 1 : 0;
            estimatedOnly += g && !t ? 1 : 0;
            trueOnly += t && !g ? 1 : 0;
            int bin = (int) (s.rangeM[i] / RANGE_BIN_M);
            if (bin < RANGE_BINS) {
                byRange[bin]++;
            }
        }
        for (int r = 0; r < Math.min(RINGS, s.rings.count()); r++) {
            byRing[r] += s.rings.points[r].length;
        }
        points.add(valid);
        ground.add((double) onGround / valid);
        if (s.labels != null) {
            labelled += valid;
            trueGround.add((double) trulyGround / valid);
        }
    }

    @Override
    public void report(Findings out) {
        out.figure("points_a_sweep", points.mean(), sweeps);
        out.figure("points_a_sweep_p10", points.at(0.1), sweeps);
        out.figure("points_a_sweep_p90", points.at(0.9), sweeps);
        out.figure("ground_share", ground.mean(), sweeps);
        out.figure("ground_share_p10", ground.at(0.1), sweeps);
        out.figure("ground_share_p90", ground.at(0.9), sweeps);
        out.figure("ground_share_by_labels", trueGround.mean(), trueGround.count());
        double known = labelled == 0 ? Double.NaN : labelled;
        out.figure("ground_estimate_false", estimatedOnly / known, labelled);
        out.figure("ground_estimate_missed", trueOnly / known, labelled);
        out.curve("points_by_ring", perSweep(byRing));
        out.curve("points_by_range_10m", perSweep(byRange));
    }

    private double[] perSweep(double[] sums) {
        double[] out = new double[sums.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = sums[i] / sweeps;
        }
        return out;
    }
}
