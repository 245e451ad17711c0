package io.azimuth.perception.cluster;

import java.util.Arrays;

/**
 * Measures what depends on the single points of a node: heights, roughness, depth, extents, time.
 * Of many points it looks at every n-th. Needs the node's outline. Buffers are reused.
 */
final class PointMeter {
    private static final int HEIGHT_BINS = 64; // 5 cm each
    private static final float HEIGHT_BIN_M = 0.05f;
    private static final int ROUGH_BINS = 50; // 1 cm each
    private static final int DEPTH_BINS = 60;
    private static final double DEPTH_BIN_M = 0.05;
    private static final float UPPER_M = 1.1f;
    private static final float LOW_M = 0.6f;
    private static final int MAX_SAMPLES = 250;

    private final int[] heights = new int[HEIGHT_BINS + 1];
    private final int[] depths = new int[DEPTH_BINS + 1];
    private final int[] rough = new int[ROUGH_BINS + 1];
    private final Extent all = new Extent();
    private final Extent upper = new Extent();
    private int taken;
    private int low;
    private int roughCount;
    private int lowRow;
    private int highRow;
    private double sumHeight;
    private double sumGround;
    private double setback;
    private long sumTime;
    private long early;
    private long firstTime;
    private long lastTime;

    /** Duration of the sweep that is measured, nanoseconds. */
    long sweepNanos;

    /** Rectangle around points in the outline's frame. */
    private static final class Extent {
        int points;
        double low1;
        double high1;
        double low2;
        double high2;

        void clear() {
            points = 0;
            low1 = Double.MAX_VALUE;
            high1 = -Double.MAX_VALUE;
            low2 = Double.MAX_VALUE;
            high2 = -Double.MAX_VALUE;
        }

        void add(double a, double b) {
            points++;
            low1 = Math.min(low1, a);
            high1 = Math.max(high1, a);
            low2 = Math.min(low2, b);
            high2 = Math.max(high2, b);
        }
    }

    void measure(
            RangeImage image, RingRows rows, float[] bends, FragmentTree tree, int node, Shape s) {
        clear();
        int from = tree.start[node];
        int to = tree.end[node];
        double cos = Math.cos(s.yaw);
        double sin = Math.sin(s.yaw);
        double edge1 = facing(s.low1, s.high1);
        double edge2 = facing(s.low2, s.high2);
        int stride = 1 + (to - from) / MAX_SAMPLES;
        for (int k = from; k < to; k += stride) {
            int i = tree.member[k];
            double a = cos * image.x[i] + sin * image.y[i];
            double b = cos * image.y[i] - sin * image.x[i];
            add(image, i, bends[i], a, b, Math.min(Math.abs(a - edge1), Math.abs(b - edge2)));
        }
        write(image, rows, s);
    }

    /** The side of an interval that faces the sensor (at 0); far away if none does. */
    private static double facing(double low, double high) {
        return low > 0 ? low : high < 0 ? high : 1e6;
    }

    private void clear() {
        Arrays.fill(heights, 0);
        Arrays.fill(depths, 0);
        Arrays.fill(rough, 0);
        all.clear();
        upper.clear();
        taken = 0;
        low = 0;
        roughCount = 0;
        lowRow = Integer.MAX_VALUE;
        highRow = 0;
        sumHeight = 0;
        sumGround = 0;
        setback = 0;
        sumTime = 0;
        early = 0;
        firstTime = Long.MAX_VALUE;
        lastTime = 0;
    }

    private void add(RangeImage image, int i, float bend, double a, double b, double depth) {
        taken++;
        float h = image.height[i];
        heights[Math.max(0, Math.min(HEIGHT_BINS, (int) (h / HEIGHT_BIN_M)))]++;
        sumHeight += h;
        sumGround += image.z[i] - h;
        low += h < LOW_M ? 1 : 0;
        all.add(a, b);
        depths[(int) Math.min(DEPTH_BINS, depth / DEPTH_BIN_M)]++;
        if (h > UPPER_M) {
            upper.add(a, b);
            setback += depth;
        }
        lowRow = Math.min(lowRow, image.row[i]);
        highRow = Math.max(highRow, image.row[i]);
        if (bend >= 0) {
            rough[Math.min(ROUGH_BINS, (int) (bend * 100))]++;
            roughCount++;
        }
        int time = image.timeOffsetNanos[i];
        sumTime += time;
        early += time < sweepNanos / 2 ? 1 : 0;
        firstTime = Math.min(firstTime, time);
        lastTime = Math.max(lastTime, time);
    }

    private void write(RangeImage image, RingRows rows, Shape s) {
        s.groundZ = sumGround / taken;
        s.bottomM = quantile(heights, Math.min(2, taken - 1)) * HEIGHT_BIN_M;
        s.topM = (quantile(heights, taken - Math.min(3, taken)) + 1) * HEIGHT_BIN_M;
        s.topBoundM = Math.max(s.topM, rows.heightAbove(highRow, s.rangeM) - s.groundZ);
        s.meanHeightM = sumHeight / taken;
        s.depth90M = quantile(depths, (int) (0.9 * taken)) * DEPTH_BIN_M;
        s.lowShare = low / (double) taken;
        s.upperShare = upper.points / (double) taken;
        s.upperLongM = upper.points == 0 ? 0 : upper.high1 - upper.low1;
        s.upperShortM = upper.points == 0 ? 0 : upper.high2 - upper.low2;
        s.setbackM = upper.points == 0 ? 0 : setback / upper.points;
        s.fullLow1 = Math.min(s.low1, all.low1);
        s.fullHigh1 = Math.max(s.high1, all.high1);
        s.fullLow2 = Math.min(s.low2, all.low2);
        s.fullHigh2 = Math.max(s.high2, all.high2);
        s.roughnessM = roughCount == 0 ? 0 : quantile(rough, roughCount / 2) / 100.0;
        s.fill = s.points / (double) ((highRow - lowRow + 1) * s.columnsSpanned);
        s.lowRow = lowRow;
        s.cutAbove = highRow >= image.rows - 2;
        s.timeOffsetNanos = sumTime / taken;
        if (lastTime - firstTime > sweepNanos / 2 && sweepNanos > 0) {
            // across the seam: what was seen at the start counts as seen one turn later
            s.timeOffsetNanos = (sumTime + early * sweepNanos) / taken % sweepNanos;
        }
    }

    private static int quantile(int[] histogram, int rank) {
        int seen = 0;
        for (int b = 0; b < histogram.length; b++) {
            seen += histogram[b];
            if (seen > rank) {
                return b;
            }
        }
        return histogram.length - 1;
    }
}
