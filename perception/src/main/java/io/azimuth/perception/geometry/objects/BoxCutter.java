package io.azimuth.perception.geometry.objects;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the points of many boxes out of a sweep in one pass: a grid over the boxes, seen from above,
 * names for each cell the boxes that reach into it, so that a point meets only those near it. A
 * point may lie in several boxes. Buffers are reused; not thread-safe.
 */
public final class BoxCutter {
    private static final double CELL_M = 1;
    private static final int MAX_CELLS_A_SIDE = 512;

    /** Numbers a box: centre, half extents, cosine and sine of the heading. */
    private static final int FIELDS = 8;

    private double[] centre = new double[0];
    private int[] head = new int[0]; // by cell: its latest link, -1 if no box reaches it
    private int[] linkBox = new int[64];
    private int[] linkNext = new int[64];
    private int links;
    private int[][] members = new int[0][];
    private int[] sizes = new int[0];

    private double left;
    private double low;
    private double cellsPerMetre;
    private int columns;
    private int rows;

    /**
     * Looks for the points of each box; asked for by {@link #members} until the next call.
     *
     * @param boxes in the frame of the points; points on a face are inside, those that are no
     *     numbers nowhere
     */
    public void cut(PointCloud cloud, List<OrientedBox> boxes) {
        prepare(boxes);
        float[] x = cloud.x();
        float[] y = cloud.y();
        float[] z = cloud.z();
        for (int i = 0; !boxes.isEmpty() && i < cloud.size(); i++) {
            double column = (x[i] - left) * cellsPerMetre;
            double row = (y[i] - low) * cellsPerMetre;
            if (!(column >= 0 && column < columns && row >= 0 && row < rows)) {
                continue; // NaN too
            }
            int link = head[(int) row * columns + (int) column];
            for (; link >= 0; link = linkNext[link]) {
                if (inside(linkBox[link], x[i], y[i], z[i])) {
                    append(linkBox[link], i);
                }
            }
        }
    }

    /** Points in box {@code b} of the last cut. */
    public int size(int b) {
        return sizes[b];
    }

    /**
     * Indices of the points in box {@code b} of the last cut, in the sweep's order: the first
     * {@link #size} entries. Not to be changed, and overwritten by the next cut.
     */
    public int[] members(int b) {
        return members[b];
    }

    private void prepare(List<OrientedBox> boxes) {
        int n = boxes.size();
        if (sizes.length < n) {
            centre = new double[n * FIELDS];
            members = new int[n][256];
            sizes = new int[n];
        }
        Arrays.fill(sizes, 0);
        left = Double.POSITIVE_INFINITY;
        low = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int b = 0; b < n; b++) {
            store(b, boxes.get(b));
            double reach = reach(b);
            left = Math.min(left, centre[b * FIELDS] - reach);
            right = Math.max(right, centre[b * FIELDS] + reach);
            low = Math.min(low, centre[b * FIELDS + 1] - reach);
            high = Math.max(high, centre[b * FIELDS + 1] + reach);
        }
        double side = n == 0 ? CELL_M : Math.max(right - left, high - low);
        double cell = Math.max(CELL_M, side / (MAX_CELLS_A_SIDE - 1));
        cellsPerMetre = 1 / cell;
        columns = n == 0 ? 0 : (int) ((right - left) * cellsPerMetre) + 1;
        rows = n == 0 ? 0 : (int) ((high - low) * cellsPerMetre) + 1;
        if (head.length < columns * rows) {
            head = new int[columns * rows];
        }
        Arrays.fill(head, 0, columns * rows, -1);
        links = 0;
        for (int b = 0; b < n; b++) {
            link(b);
        }
    }

    private void store(int b, OrientedBox box) {
        int f = b * FIELDS;
        centre[f] = box.x();
        centre[f + 1] = box.y();
        centre[f + 2] = box.z();
        centre[f + 3] = 0.5 * box.length();
        centre[f + 4] = 0.5 * box.width();
        centre[f + 5] = 0.5 * box.height();
        centre[f + 6] = StrictMath.cos(box.yawRad());
        centre[f + 7] = StrictMath.sin(box.yawRad());
    }

    private double reach(int b) {
        double l = centre[b * FIELDS + 3];
        double w = centre[b * FIELDS + 4];
        return Math.sqrt(l * l + w * w);
    }

    private void link(int b) {
        double reach = reach(b);
        int c0 = clamp((centre[b * FIELDS] - reach - left) * cellsPerMetre, columns);
        int c1 = clamp((centre[b * FIELDS] + reach - left) * cellsPerMetre, columns);
        int r0 = clamp((centre[b * FIELDS + 1] - reach - low) * cellsPerMetre, rows);
        int r1 = clamp((centre[b * FIELDS + 1] + reach - low) * cellsPerMetre, rows);
        for (int r = r0; r <= r1; r++) {
            for (int c = c0; c <= c1; c++) {
                if (links == linkBox.length) {
                    linkBox = Arrays.copyOf(linkBox, 2 * links);
                    linkNext = Arrays.copyOf(linkNext, 2 * links);
                }
                linkBox[links] = b;
                linkNext[links] = head[r * columns + c];
                head[r * columns + c] = links++;
            }
        }
    }

    private static int clamp(double cell, int count) {
        return Math.max(0, Math.min(count - 1, (int) cell));
    }

    private boolean inside(int b, float px, float py, float pz) {
        int f = b * FIELDS;
        double dx = px - centre[f];
        double dy = py - centre[f + 1];
        double c = centre[f + 6];
        double s = centre[f + 7];
        return Math.abs(c * dx + s * dy) <= centre[f + 3]
                && Math.abs(c * dy - s * dx) <= centre[f + 4]
                && Math.abs(pz - centre[f + 2]) <= centre[f + 5];
    }

    private void append(int b, int point) {
        int size = sizes[b];
        if (size == members[b].length) {
            members[b] = Arrays.copyOf(members[b], 2 * size);
        }
        members[b][size] = point;
        sizes[b] = size + 1;
    }
}
