package io.azimuth.perception.cluster;

import java.util.Arrays;

/** Measures a {@link Shape} on a node of the {@link FragmentTree}. Buffers are reused. */
final class ShapeMeter {
    private static final int OUTLINE = 48;
    private static final int HEIGHT_BINS = 64; // 5 cm each
    private static final float HEIGHT_BIN_M = 0.05f;
    private static final int ROUGH_BINS = 50; // 1 cm each
    private static final int DEPTH_BINS = 60;
    private static final double DEPTH_BIN_M = 0.05;
    private static final double EDGE_TOLERANCE_M = 0.2;
    private static final float UPPER_M = 1.1f;
    private static final int MAX_COLUMNS_SEEN = 100;
    private static final int MAX_SAMPLES = 250;
    private static final double MARGIN_M = 0.6;

    private final Contour contour = new Contour(OUTLINE);
    private final RectangleFit rectangle = new RectangleFit(OUTLINE);
    private final int[] heights = new int[HEIGHT_BINS + 1];
    private final int[] depths = new int[DEPTH_BINS + 1];
    private final int[] rough = new int[ROUGH_BINS + 1];

    /** Duration of the sweep that is measured, nanoseconds. */
    long sweepNanos;

    /** Fills size, position and orientation. */
    void measureOutline(RangeImage image, FragmentTree tree, int node, Shape s) {
        contour.trace(
                image,
                tree.member,
                tree.start[node],
                tree.end[node],
                tree.firstColumn[node],
                tree.columnsSpanned[node]);
        rectangle.clear();
        double near = Double.MAX_VALUE;
        for (int b = 0; b < contour.blocks; b++) {
            int i = contour.nearest[b];
            if (i >= 0) {
                rectangle.add(image.x[i], image.y[i]);
                near = Math.min(near, image.range[i]);
            }
        }
        s.crowding = 0;
        s.overhead = 0;
        s.hiddenLeft = false;
        s.hiddenRight = false;
        s.points = tree.end[node] - tree.start[node];
        s.rangeM = near;
        rectangle.fit();
        s.onEdges = rectangle.shareOnEdges(EDGE_TOLERANCE_M);
        double yaw = rectangle.yaw;
        s.low1 = rectangle.low1;
        s.high1 = rectangle.high1;
        s.low2 = rectangle.low2;
        s.high2 = rectangle.high2;
        if (rectangle.high2 - rectangle.low2 > rectangle.high1 - rectangle.low1) {
            // turn by 90 degrees so that the long side comes first: (a, b) -> (b, -a)
            s.low1 = rectangle.low2;
            s.high1 = rectangle.high2;
            s.low2 = -rectangle.high1;
            s.high2 = -rectangle.low1;
            yaw += Math.PI / 2;
        }
        s.yaw = yaw;
    }

    /** Fills what depends on the single points: heights, roughness, setback, time. */
    void measurePoints(RangeImage image, float[] bends, FragmentTree tree, int node, Shape s) {
        Arrays.fill(heights, 0);
        Arrays.fill(rough, 0);
        int from = tree.start[node];
        int to = tree.end[node];
        double c = Math.cos(s.yaw);
        double sn = Math.sin(s.yaw);
        double edge1 = s.low1 > 0 ? s.low1 : s.high1 < 0 ? s.high1 : 1e6;
        double edge2 = s.low2 > 0 ? s.low2 : s.high2 < 0 ? s.high2 : 1e6;
        double sumHeight = 0;
        double sumGround = 0;
        double setback = 0;
        Arrays.fill(depths, 0);
        double ua0 = Double.MAX_VALUE;
        double ua1 = -Double.MAX_VALUE;
        double a0 = Double.MAX_VALUE;
        double a1 = -Double.MAX_VALUE;
        double b0 = Double.MAX_VALUE;
        double b1 = -Double.MAX_VALUE;
        long sumTime = 0;
        long halfTurn = sweepNanos / 2;
        long early = 0;
        long firstTime = Long.MAX_VALUE;
        long lastTime = 0;
        int upper = 0;
        int roughCount = 0;
        int lowRow = Integer.MAX_VALUE;
        int highRow = 0;
        int stride = 1 + (to - from) / MAX_SAMPLES;
        int taken = 0;
        for (int k = from; k < to; k += stride) {
            taken++;
            int i = tree.member[k];
            float h = image.height[i];
            heights[Math.max(0, Math.min(HEIGHT_BINS, (int) (h / HEIGHT_BIN_M)))]++;
            sumHeight += h;
            sumGround += image.z[i] - h;
            int time = image.timeOffsetNanos[i];
            sumTime += time;
            early += time < halfTurn ? 1 : 0;
            firstTime = Math.min(firstTime, time);
            lastTime = Math.max(lastTime, time);
            double a = c * image.x[i] + sn * image.y[i];
            double b = c * image.y[i] - sn * image.x[i];
            a0 = Math.min(a0, a);
            a1 = Math.max(a1, a);
            b0 = Math.min(b0, b);
            b1 = Math.max(b1, b);
            double depth = Math.min(Math.abs(a - edge1), Math.abs(b - edge2));
            depths[(int) Math.min(DEPTH_BINS, depth / DEPTH_BIN_M)]++;
            if (h > UPPER_M) {
                upper++;
                setback += depth;
                ua0 = Math.min(ua0, a);
                ua1 = Math.max(ua1, a);
            }
            int row = image.row[i];
            lowRow = Math.min(lowRow, row);
            highRow = Math.max(highRow, row);
            float bend = bends[i];
            if (bend >= 0) {
                rough[Math.min(ROUGH_BINS, (int) (bend * 100))]++;
                roughCount++;
            }
        }
        s.bottomM = quantile(heights, Math.min(2, taken - 1)) * HEIGHT_BIN_M;
        s.topM = (quantile(heights, taken - Math.min(3, taken)) + 1) * HEIGHT_BIN_M;
        s.meanHeightM = sumHeight / taken;
        s.groundZ = sumGround / taken;
        s.depth90M = quantile(depths, (int) (0.9 * taken)) * DEPTH_BIN_M;
        s.upperLongM = upper == 0 ? 0 : ua1 - ua0;
        s.fullLow1 = Math.min(s.low1, a0);
        s.fullHigh1 = Math.max(s.high1, a1);
        s.fullLow2 = Math.min(s.low2, b0);
        s.fullHigh2 = Math.max(s.high2, b1);
        s.upperShare = upper / (double) taken;
        s.setbackM = upper == 0 ? 0 : setback / upper;
        s.roughnessM = roughCount == 0 ? 0 : quantile(rough, roughCount / 2) / 100.0;
        s.fill = s.points / (double) ((highRow - lowRow + 1) * contour.columnsSpanned);
        s.lowRow = lowRow;
        s.cutAbove = highRow >= image.rows - 2;
        s.timeOffsetNanos = sumTime / taken;
        if (lastTime - firstTime > halfTurn && sweepNanos > 0) {
            // across the seam: what was seen at the start counts as seen one turn later
            s.timeOffsetNanos = (sumTime + early * sweepNanos) / taken % sweepNanos;
        }
    }

    private static boolean within(FragmentTree tree, int i, int from, int to) {
        int p = tree.position[i];
        return p >= from && p < to;
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

    /** Fills crowding, overhead and what hides the ends; needs the outline of the same node. */
    void measureSurroundings(
            RangeImage image, RingRows rows, FragmentTree tree, int node, double roofM, Shape s) {
        int from = tree.start[node];
        int to = tree.end[node];
        double c = Math.cos(s.yaw);
        double sn = Math.sin(s.yaw);
        double far = 0;
        for (int b = 0; b < contour.blocks; b++) {
            if (contour.farthest[b] >= 0) {
                far = Math.max(far, image.range[contour.farthest[b]]);
            }
        }
        int columns = image.columns;
        double step = 2 * Math.PI / columns;
        int pad =
                (int) Math.min(columns / 8.0, Math.ceil(MARGIN_M / (step * Math.max(1, s.rangeM))));
        int width = Math.min(columns, contour.columnsSpanned + 2 * pad);
        int stride = 1 + width / MAX_COLUMNS_SEEN;
        int foreign = 0;
        int overhead = 0;
        int leftHidden = 0;
        int rightHidden = 0;
        // rows that pass over the highest point of interest at this distance see nothing
        double steepest =
                (s.groundZ + image.maxHeightM) / (s.groundZ < -image.maxHeightM ? far : s.rangeM);
        for (int row = Math.max(0, s.lowRow - 1); row < image.rows; row++) {
            if (rows.tangent(row) > steepest) {
                break;
            }
            int base = row * columns;
            int col = Math.floorMod(contour.firstColumn - pad, columns);
            for (int k = 0; k < width; k += stride) {
                int i = image.object[base + col];
                col += stride;
                col = col >= columns ? col - columns : col;
                if (i < 0 || within(tree, i, from, to)) {
                    continue;
                }
                float h = image.height[i];
                if (h < roofM && image.range[i] < s.rangeM - 0.3) {
                    if (k < pad) {
                        rightHidden++;
                    } else if (k >= width - pad) {
                        leftHidden++;
                    }
                }
                if (image.range[i] < s.rangeM - MARGIN_M || image.range[i] > far + MARGIN_M + 1) {
                    continue;
                }
                double a = c * image.x[i] + sn * image.y[i];
                double b = c * image.y[i] - sn * image.x[i];
                double outA = Math.max(s.low1 - a, a - s.high1);
                double outB = Math.max(s.low2 - b, b - s.high2);
                double out = Math.max(outA, outB);
                if (h > roofM) {
                    overhead += out < 0.2 ? 1 : 0;
                } else if (out < MARGIN_M && h > 0.3) {
                    foreign++;
                }
            }
        }
        s.crowding = foreign * stride / (double) s.points;
        s.overhead = overhead * stride;
        s.hiddenLeft = leftHidden >= 3;
        s.hiddenRight = rightHidden >= 3;
    }
}
