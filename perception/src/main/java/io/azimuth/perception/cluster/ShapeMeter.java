package io.azimuth.perception.cluster;

/**
 * Measures outline and surroundings of a node of the {@link FragmentTree}; what is between them,
 * the {@link PointMeter} measures. Buffers are reused.
 */
final class ShapeMeter {
    private static final int OUTLINE = 48;
    private static final double EDGE_TOLERANCE_M = 0.2;
    private static final int MAX_COLUMNS_SEEN = 100;
    private static final double MARGIN_M = 0.6;

    private final Contour contour = new Contour(OUTLINE);
    private final RectangleFit rectangle = new RectangleFit(OUTLINE);

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
        s.hiddenBelow = false;
        s.points = tree.end[node] - tree.start[node];
        s.columnsSpanned = contour.columnsSpanned;
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
        double along = 0.5 * (s.low1 + s.high1);
        double across = 0.5 * (s.low2 + s.high2);
        s.aspectRad = Math.atan2(Math.abs(across), Math.abs(along));
    }

    private static boolean within(FragmentTree tree, int i, int from, int to) {
        int p = tree.position[i];
        return p >= from && p < to;
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
        int below = 0;
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
                    below += row < s.lowRow && k >= pad && k < width - pad ? 1 : 0;
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
        s.hiddenBelow = below * stride * 3 > s.columnsSpanned;
        s.hiddenLeft = leftHidden >= 3;
        s.hiddenRight = rightHidden >= 3;
    }
}
