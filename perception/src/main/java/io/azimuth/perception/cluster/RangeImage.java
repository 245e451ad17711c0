package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.util.Arrays;

/**
 * Object points of a sweep on a grid of rows (rings, ascending elevation) and columns (azimuth,
 * wrapped). A pixel holds its nearest return; {@link #object} numbers the occupied pixels in
 * row-major order and carries their coordinates in arrays of that order, so that all later stages
 * are independent of the order of the points in the cloud.
 */
final class RangeImage {
    static final int MIN_COLUMNS = 360;
    static final int MAX_COLUMNS = 2048;

    private final float minHeightM;
    final float maxHeightM;
    private final float maxRangeM;
    int rows;
    int columns;
    int[] object = new int[0]; // [row][column] -> index into the arrays below, or -1
    private int[] pixel = new int[0]; // [row][column] -> point or -1
    int size;
    float[] x = new float[0];
    float[] y = new float[0];
    float[] z = new float[0];
    float[] height = new float[0];
    float[] range = new float[0];
    int[] timeOffsetNanos = new int[0];
    int[] cell = new int[0]; // row * columns + column
    short[] row = new short[0];
    short[] column = new short[0];

    RangeImage(double minHeightM, double maxHeightM, double maxRangeM) {
        this.minHeightM = (float) minHeightM;
        this.maxHeightM = (float) maxHeightM;
        this.maxRangeM = (float) maxRangeM;
    }

    void fill(
            PointCloud cloud, PolarCoordinates polar, float[] above, RingRows ringRows, int cols) {
        rows = Math.max(1, ringRows.rows());
        columns = cols;
        int cells = rows * columns;
        if (pixel.length < cells) {
            pixel = new int[cells];
            object = new int[cells];
        }
        Arrays.fill(pixel, 0, cells, -1);
        float[] px = cloud.x();
        float[] pz = cloud.z();
        float[] r = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        short[] rowOf = ringRows.row();
        int occupied = 0;
        for (int i = 0; i < polar.size(); i++) {
            float h = above[i];
            if (rowOf[i] < 0 || h < minHeightM || h > maxHeightM || r[i] > maxRangeM) {
                continue;
            }
            int c = rowOf[i] * columns + Math.min((int) (turns[i] * columns), columns - 1);
            int old = pixel[c];
            occupied += old < 0 ? 1 : 0;
            if (old < 0 || nearer(r[i], pz[i], px[i], r[old], pz[old], px[old])) {
                pixel[c] = i;
            }
        }
        gather(cloud, r, above, occupied);
    }

    /** Place in the cloud of an occupied pixel's point; until the next fill. */
    int pointOf(int objectPixel) {
        return pixel[cell[objectPixel]];
    }

    private static boolean nearer(float r, float z, float x, float r2, float z2, float x2) {
        return r < r2 || (r == r2 && (z < z2 || (z == z2 && x < x2)));
    }

    private void gather(PointCloud cloud, float[] r, float[] above, int occupied) {
        ensure(occupied);
        size = occupied;
        float[] px = cloud.x();
        float[] py = cloud.y();
        float[] pz = cloud.z();
        int[] time = cloud.timeOffsetNanos();
        int n = 0;
        int at = 0;
        for (int w = 0; w < rows; w++) {
            for (int c = 0; c < columns; c++) {
                int i = pixel[at];
                if (i < 0) {
                    object[at++] = -1;
                    continue;
                }
                object[at] = n;
                x[n] = px[i];
                y[n] = py[i];
                z[n] = pz[i];
                height[n] = above[i];
                range[n] = r[i];
                timeOffsetNanos[n] = time[i];
                row[n] = (short) w;
                column[n] = (short) c;
                cell[n++] = at++;
            }
        }
    }

    private void ensure(int n) {
        if (x.length >= n) {
            return;
        }
        int capacity = n + (n >> 1) + 16;
        x = new float[capacity];
        y = new float[capacity];
        z = new float[capacity];
        height = new float[capacity];
        range = new float[capacity];
        timeOffsetNanos = new int[capacity];
        cell = new int[capacity];
        row = new short[capacity];
        column = new short[capacity];
    }
}
