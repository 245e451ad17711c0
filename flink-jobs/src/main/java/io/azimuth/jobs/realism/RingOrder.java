package io.azimuth.jobs.realism;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * The points of a sweep ring by ring, each ring by azimuth, with the azimuth step between two
 * firings and the mean elevation of every ring. Rings come in ascending number, which is from the
 * top laser down for KITTI and the simulator alike.
 */
final class RingOrder {
    /** A ring with fewer points is left out. */
    private static final int FEWEST_POINTS = 16;

    /** Points of each ring, by azimuth in turns from 0; ties by point. */
    final int[][] points;

    /** Azimuth of every point of the cloud in turns, [0, 1). */
    final double[] turns;

    /** Mean tangent of the elevation of each ring; NaN for an empty one. */
    final double[] tangent;

    /**
     * Azimuth between two firings in turns: the mean over all neighbours of a ring that are less
     * than one and a half median steps apart. (An encoder may give steps of unequal size, of which
     * the median is but one.)
     */
    final double stepTurns;

    RingOrder(Scan scan, PointCloud cloud) {
        turns = new double[scan.size];
        int highest = 0;
        int[] count = new int[1 << 16];
        for (int i = 0; i < scan.size; i++) {
            if (scan.valid(i)) {
                double t = StrictMath.atan2(scan.y[i], scan.x[i]) / (2 * Math.PI);
                turns[i] = t < 0 ? t + 1 : t;
                count[cloud.ringOf(i)]++;
                highest = Math.max(highest, cloud.ringOf(i));
            }
        }
        points = new int[highest + 1][];
        tangent = new double[highest + 1];
        for (int r = 0; r <= highest; r++) {
            points[r] = new int[count[r] < FEWEST_POINTS ? 0 : count[r]];
        }
        int[] filled = new int[highest + 1];
        for (int i = 0; i < scan.size; i++) {
            int r = cloud.ringOf(i);
            if (scan.valid(i) && points[r].length > 0) {
                points[r][filled[r]++] = i;
                tangent[r] += scan.z[i] / scan.rangeM[i];
            }
        }
        for (int r = 0; r <= highest; r++) {
            sortByAzimuth(points[r]);
            tangent[r] = points[r].length == 0 ? Double.NaN : tangent[r] / points[r].length;
        }
        stepTurns = meanStep();
    }

    int count() {
        return points.length;
    }

    /** Firings without return between two consecutive points of a ring (at positions k, k + 1). */
    int missingAfter(int ring, int k) {
        return (int) Math.max(0, Math.round(gap(ring, k) / stepTurns) - 1);
    }

    /** Azimuth from the k-th point of a ring to the next one, wrapped, in turns. */
    double gap(int ring, int k) {
        int[] p = points[ring];
        double gap = turns[p[(k + 1) % p.length]] - turns[p[k]];
        return k + 1 == p.length ? gap + 1 : gap;
    }

    private void sortByAzimuth(int[] ring) {
        long[] keys = new long[ring.length];
        for (int k = 0; k < ring.length; k++) {
            // azimuths below one turn: the bits of a non-negative float sort as numbers
            keys[k] = (long) Float.floatToIntBits((float) turns[ring[k]]) << 32 | ring[k];
        }
        Arrays.sort(keys);
        for (int k = 0; k < ring.length; k++) {
            ring[k] = (int) keys[k];
        }
    }

    private double meanStep() {
        Spread steps = new Spread();
        for (int r = 0; r < points.length; r++) {
            for (int k = 0; k + 1 < points[r].length; k++) {
                steps.add(gap(r, k));
            }
        }
        Spread regular = new Spread();
        double widest = 1.5 * steps.median();
        for (int r = 0; r < points.length; r++) {
            for (int k = 0; k + 1 < points[r].length; k++) {
                if (gap(r, k) < widest) {
                    regular.add(gap(r, k));
                }
            }
        }
        return regular.mean();
    }
}
