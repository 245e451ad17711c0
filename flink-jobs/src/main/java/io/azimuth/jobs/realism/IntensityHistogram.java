package io.azimuth.jobs.realism;

/** Intensities in 20 bins, of all points, of the ground and of cars; each histogram sums to 1. */
final class IntensityHistogram implements Measure {
    static final int BINS = 20;

    private final long[] all = new long[BINS];
    private final long[] ground = new long[BINS];
    private final long[] cars = new long[BINS];
    private final double[] sum = new double[3];

    @Override
    public void add(Scan s) {
        for (int i = 0; i < s.size; i++) {
            if (s.valid(i)) {
                count(all, 0, s.intensity[i]);
                if (s.isGround(i)) {
                    count(ground, 1, s.intensity[i]);
                }
            }
        }
        for (CarBox car : s.cars) {
            for (int i : CarPoints.inside(s, car.box())) {
                count(cars, 2, s.intensity[i]);
            }
        }
    }

    @Override
    public void report(Findings out) {
        report("all", all, sum[0], out);
        report("ground", ground, sum[1], out);
        report("cars", cars, sum[2], out);
    }

    private void count(long[] bins, int which, float intensity) {
        bins[Math.max(0, Math.min(BINS - 1, (int) (intensity * BINS)))]++;
        sum[which] += intensity;
    }

    private static void report(String name, long[] bins, double sum, Findings out) {
        long n = 0;
        for (long b : bins) {
            n += b;
        }
        double whole = n == 0 ? Double.NaN : n;
        double[] share = new double[BINS];
        for (int b = 0; b < BINS; b++) {
            share[b] = bins[b] / whole;
        }
        out.figure("intensity_" + name + "_mean", sum / whole, n);
        out.curve("intensity_" + name, share);
    }

    /** Mean shift between two histograms over [0, 1]: the earth mover's distance. */
    static double distance(double[] a, double[] b) {
        double carried = 0;
        double total = 0;
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            carried += a[i] - b[i];
            total += Math.abs(carried) / a.length;
        }
        return a.length == 0 || b.length == 0 ? Double.NaN : total;
    }
}
