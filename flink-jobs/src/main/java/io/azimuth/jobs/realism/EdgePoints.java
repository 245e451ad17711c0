package io.azimuth.jobs.realism;

/**
 * Returns that hang between two surfaces. {@code between}: points whose range differs from both
 * neighbours in the ring by more than 0.3 m in opposite directions (slanted surfaces count too).
 * {@code mixed}: of the edges between two smooth surfaces, the share that has one such point on it,
 * which only a beam split by the edge leaves.
 */
final class EdgePoints implements Measure {
    private static final double JUMP_M = 0.3;

    /** Two neighbours on one surface, metres. */
    private static final double SMOOTH_M = 0.1;

    private long points;
    private long between;
    private long cleanEdges;
    private long mixedEdges;

    @Override
    public void add(Scan s) {
        for (int r = 0; r < s.rings.count(); r++) {
            int n = s.rings.points[r].length;
            for (int k = 2; k + 2 < n; k++) {
                if (!whole(s, r, k - 2)) {
                    continue;
                }
                int[] p = s.rings.points[r];
                double a = step(s, p, k - 2);
                double b = step(s, p, k - 1);
                double c = step(s, p, k);
                double d = step(s, p, k + 1);
                points++;
                boolean hangs = b * c > 0 && Math.abs(b) > JUMP_M && Math.abs(c) > JUMP_M;
                between += hangs ? 1 : 0;
                boolean flanked = Math.abs(a) < SMOOTH_M && Math.abs(d) < SMOOTH_M;
                mixedEdges += hangs && flanked ? 1 : 0;
                boolean clean = Math.abs(b) > 2 * JUMP_M && Math.abs(c) < SMOOTH_M;
                cleanEdges += clean && Math.abs(a) < SMOOTH_M ? 1 : 0;
            }
        }
    }

    @Override
    public void report(Findings out) {
        out.figure("edge_between_share", share(between, points), points);
        long edges = cleanEdges + mixedEdges;
        out.figure("edge_mixed_share", share(mixedEdges, edges), edges);
        out.figure("edge_share", share(edges, points), points);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    /** Whether five points from position k on follow each other firing by firing. */
    private static boolean whole(Scan s, int ring, int k) {
        for (int i = k; i < k + 4; i++) {
            if (s.rings.gap(ring, i) > 1.5 * s.rings.stepTurns) {
                return false;
            }
        }
        return true;
    }

    private static double step(Scan s, int[] ring, int k) {
        return s.distanceM[ring[k + 1]] - s.distanceM[ring[k]];
    }
}
