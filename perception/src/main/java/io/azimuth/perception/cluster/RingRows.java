package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.util.Arrays;

/**
 * Assigns every point a row of the range image, rows in ascending elevation. Rows are the sensor's
 * rings where the cloud has them; else the runs of the file between two wraps of the azimuth; else
 * bins of elevation. Sparse rings (strays) get no row. Buffers are reused.
 */
final class RingRows {
    static final int MAX_ROWS = 256;

    /** A ring with fewer points than this share of the fullest ring is noise. */
    private static final int NOISE_DIVISOR = 400;

    private static final double ELEVATION_BIN_RAD = Math.toRadians(0.4);
    private static final int ELEVATION_BINS = 450; // -90 .. 90 degrees

    private final int[] count = new int[1 << 16];
    private final double[] tangentSum = new double[1 << 16];
    private final short[] rowOfRing = new short[1 << 16];
    private final int[] order = new int[MAX_ROWS];
    private final double[] tangent = new double[MAX_ROWS];
    private int[] ringOfPoint = new int[0];
    private short[] row = new short[0];
    private int rows;
    private int fullest;

    /** Fills {@link #row()}; returns the number of rows. */
    int assign(PointCloud cloud, PolarCoordinates polar) {
        int n = polar.size();
        if (row.length < n) {
            row = new short[n + (n >> 2) + 16];
            ringOfPoint = new int[row.length];
        }
        int rings = cloud.hasRing() ? copyRings(cloud, polar) : ringsFromFileOrder(polar);
        rows = rings > 0 ? rank(cloud, polar, rings) : 0;
        if (rows == 0) {
            rows = rank(cloud, polar, ringsFromElevation(cloud, polar));
        }
        return rows;
    }

    int rows() {
        return rows;
    }

    /** Row of each point, or -1. */
    short[] row() {
        return row;
    }

    /** Mean tangent of the elevation of a row. */
    double tangent(int r) {
        return tangent[r];
    }

    /**
     * Where the row over this one passes at a range, relative to the sensor; endless at the top.
     */
    double heightAbove(int r, double rangeM) {
        return r + 1 < rows ? tangent[r + 1] * rangeM : Double.MAX_VALUE;
    }

    /** Height between a row of this height (relative to the sensor) and the one over it. */
    double spacingAt(double z, double rangeM) {
        double slope = z / rangeM;
        for (int r = 0; r < rows; r++) {
            if (tangent[r] > slope + 1e-3) {
                return tangent[r] * rangeM - z;
            }
        }
        return Double.MAX_VALUE;
    }

    /** Points in the fullest row. */
    int fullest() {
        return fullest;
    }

    private int copyRings(PointCloud cloud, PolarCoordinates polar) {
        short[] ring = cloud.ring();
        int highest = 0;
        for (int i = 0; i < polar.size(); i++) {
            int r = Short.toUnsignedInt(ring[i]);
            ringOfPoint[i] = r;
            highest = Math.max(highest, r);
        }
        return highest + 1;
    }

    /** A new ring wherever the azimuth falls by more than half a turn (or, clockwise, jumps). */
    private int ringsFromFileOrder(PolarCoordinates polar) {
        float[] turns = polar.azimuthTurns();
        float[] range = polar.rangeM();
        int falls = 0;
        int jumps = 0;
        float last = Float.NaN;
        for (int i = 0; i < polar.size(); i++) {
            if (range[i] < 0) {
                continue;
            }
            float step = turns[i] - last;
            falls += step < -0.5f ? 1 : 0;
            jumps += step > 0.5f ? 1 : 0;
            last = turns[i];
        }
        boolean counterClockwise = falls > jumps;
        int wraps = Math.max(falls, jumps);
        // a firing-ordered file wraps once or twice, a shuffled one thousands of times
        if (wraps < 7 || wraps >= MAX_ROWS || Math.min(falls, jumps) > wraps / 4) {
            return 0;
        }
        int ring = 0;
        last = Float.NaN;
        for (int i = 0; i < polar.size(); i++) {
            if (range[i] >= 0) {
                float step = turns[i] - last;
                if (counterClockwise ? step < -0.5f : step > 0.5f) {
                    ring++;
                }
                last = turns[i];
            }
            ringOfPoint[i] = ring;
        }
        return ring + 1;
    }

    private int ringsFromElevation(PointCloud cloud, PolarCoordinates polar) {
        float[] z = cloud.z();
        float[] range = polar.rangeM();
        for (int i = 0; i < polar.size(); i++) {
            double elevation = range[i] < 0 ? 0 : Math.atan(z[i] / range[i]);
            ringOfPoint[i] = (int) ((elevation + Math.PI / 2) / ELEVATION_BIN_RAD);
        }
        return ELEVATION_BINS + 1;
    }

    /** Sorts rings by mean elevation, drops strays, writes rows; 0 if there are too many rings. */
    private int rank(PointCloud cloud, PolarCoordinates polar, int rings) {
        Arrays.fill(count, 0, rings, 0);
        Arrays.fill(tangentSum, 0, rings, 0);
        float[] z = cloud.z();
        float[] range = polar.rangeM();
        for (int i = 0; i < polar.size(); i++) {
            if (range[i] >= 0) {
                int r = ringOfPoint[i];
                count[r]++;
                // fixed point, so that the sum does not depend on the order of the points
                tangentSum[r] += Math.rint(z[i] / range[i] * 1048576.0);
            }
        }
        fullest = 0;
        for (int r = 0; r < rings; r++) {
            fullest = Math.max(fullest, count[r]);
        }
        int found = 0;
        for (int r = 0; r < rings; r++) {
            rowOfRing[r] = -1;
            if (count[r] > 0 && count[r] * (long) NOISE_DIVISOR >= fullest) {
                if (found == MAX_ROWS) {
                    return 0;
                }
                insert(r, tangentSum[r] / count[r] / 1048576.0, found++);
            }
        }
        for (int k = 0; k < found; k++) {
            rowOfRing[order[k]] = (short) k;
        }
        for (int i = 0; i < polar.size(); i++) {
            row[i] = range[i] < 0 ? -1 : rowOfRing[ringOfPoint[i]];
        }
        return found;
    }

    private void insert(int ring, double meanTangent, int found) {
        int k = found;
        while (k > 0 && tangent[k - 1] > meanTangent) {
            tangent[k] = tangent[k - 1];
            order[k] = order[k - 1];
            k--;
        }
        tangent[k] = meanTangent;
        order[k] = ring;
    }
}
