package io.azimuth.jobs.realism;

/**
 * Share of firings that bring no return. The file of a sweep does not say when a laser fired in
 * vain: firings are taken to be evenly spaced in azimuth, and what is missing between two returns
 * of a ring is counted. (Counting empty cells of a fixed picture instead would count the beat
 * between the picture's columns and the sensor's.)
 *
 * <p>Rings below the horizon are put in bins of the range at which they would meet a level ground;
 * those that meet none within {@value #REACH_M} m, or look up, are counted apart.
 */
final class DropOut implements Measure {
    private static final int REACH_M = 100;
    private static final int BIN_M = 10;
    private static final double SAME_SURFACE_M = 0.3;

    private final long[] fired = new long[REACH_M / BIN_M + 1];
    private final long[] lost = new long[fired.length];
    private long allFired;
    private long allLost;
    private long smooth;
    private long single;

    @Override
    public void add(Scan s) {
        for (int r = 0; r < s.rings.count(); r++) {
            int n = s.rings.points[r].length;
            if (n == 0) {
                continue;
            }
            int bin = bin(s.sensorHeightM, s.rings.tangent[r]);
            for (int k = 0; k < n; k++) {
                int missing = s.rings.missingAfter(r, k);
                fired[bin] += 1 + missing;
                lost[bin] += missing;
                alone(s, r, k, missing);
                if (bin < REACH_M / BIN_M) {
                    allFired += 1 + missing;
                    allLost += missing;
                }
            }
        }
    }

    /** Counts single losses between neighbours on one surface: those that look like chance. */
    private void alone(Scan s, int r, int k, int missing) {
        int[] ring = s.rings.points[r];
        double step = s.distanceM[ring[(k + 1) % ring.length]] - s.distanceM[ring[k]];
        if (Math.abs(step) < SAME_SURFACE_M) {
            smooth++;
            single += missing == 1 ? 1 : 0;
        }
    }

    @Override
    public void report(Findings out) {
        out.figure("dropout_below_horizon", share(allLost, allFired), allFired);
        int sky = fired.length - 1;
        out.figure("dropout_above_horizon", share(lost[sky], fired[sky]), fired[sky]);
        out.figure("dropout_alone", share(single, smooth + single), smooth);
        double[] curve = new double[sky];
        for (int b = 0; b < sky; b++) {
            curve[b] = share(lost[b], fired[b]);
        }
        out.curve("dropout_by_ground_range_10m", curve);
    }

    private static int bin(double sensorHeightM, double tangent) {
        double groundRange = tangent < 0 ? sensorHeightM / -tangent : Double.POSITIVE_INFINITY;
        return groundRange < REACH_M ? (int) (groundRange / BIN_M) : REACH_M / BIN_M;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
