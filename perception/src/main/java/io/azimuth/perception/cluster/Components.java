package io.azimuth.perception.cluster;

/**
 * Connected components of the object pixels of a range image, columns wrapped. Two pixels are
 * linked if they are close on the ground plane: along a row within {@code max(minGap, 3 column
 * steps)} over up to {@code jump} missing columns, between rows within {@code minGap} (a standing
 * surface) over up to {@code rowJump} missing rows.
 *
 * <p>Source: Bogoslavskyi, Stachniss, "Fast range image-based segmentation of sparse 3D laser scans
 * for online operation" (2016); differs: a bound on the horizontal gap in metres (the equivalent
 * adaptive breakpoint) instead of an angle, so that hoods and roofs hit at grazing angles hold
 * together. Labels are the components in order of their first pixel.
 */
final class Components {
    private int[] parent = new int[0];
    private int[] label = new int[0];
    private float[] bend = new float[0];
    private int count;
    private float ceiling;

    /** Labels the objects of {@code image}; returns the number of components. */
    int label(RangeImage image, double minGapM, double maxHeightM, int jump, int rowJump) {
        ceiling = (float) maxHeightM;
        int n = image.size;
        if (parent.length < n) {
            parent = new int[n + (n >> 1) + 16];
            label = new int[parent.length];
            bend = new float[parent.length];
        }
        for (int i = 0; i < n; i++) {
            parent[i] = i;
        }
        float step = (float) (2 * Math.PI / image.columns);
        for (int i = 0; i < n; i++) {
            if (image.height[i] > ceiling) {
                continue;
            }
            float across = (float) Math.max(minGapM, 3 * step * image.range[i]);
            linkRight(image, i, across, jump);
            linkUp(image, i, (float) Math.max(minGapM, 2 * step * image.range[i]), rowJump);
        }
        count = 0;
        for (int i = 0; i < n; i++) {
            // parents have smaller indices, so theirs is known already
            label[i] = parent[i] == i ? count++ : label[parent[i]];
        }
        measureBend(image);
        return count;
    }

    /**
     * Second difference of range along the row within a component, -1 where a neighbour is missing:
     * small on sheet metal and walls, large on foliage.
     */
    float[] bend() {
        return bend;
    }

    private void measureBend(RangeImage image) {
        int last = image.columns - 1;
        for (int i = 0; i < image.size; i++) {
            int cell = image.cell[i];
            int c = image.column[i];
            // pixels are in row-major order, so neighbours follow each other in the arrays
            int before = i - 1;
            int after = i + 1;
            if (c == 0) {
                before = image.object[cell + last];
            } else if (before < 0 || image.cell[before] != cell - 1) {
                before = -1;
            }
            if (c == last) {
                after = image.object[cell - last];
            } else if (after == image.size || image.cell[after] != cell + 1) {
                after = -1;
            }
            bend[i] = bend(image, i, before, after);
        }
    }

    private float bend(RangeImage image, int i, int before, int after) {
        if (before < 0 || after < 0 || label[before] != label[i] || label[after] != label[i]) {
            return -1;
        }
        return Math.abs(image.range[before] - 2 * image.range[i] + image.range[after]);
    }

    /** Component of each object pixel, numbered by first pixel. */
    int[] label() {
        return label;
    }

    private void linkRight(RangeImage image, int i, float gap, int jump) {
        int end = image.column[i] + jump;
        if (end >= image.columns) {
            linkAcrossSeam(image, i, gap, jump);
            return;
        }
        int lastCell = image.cell[i] + jump;
        for (int q = i + 1; q < image.size && image.cell[q] <= lastCell; q++) {
            if (close(image, i, q, gap)) {
                union(i, q);
                return;
            }
        }
    }

    private void linkAcrossSeam(RangeImage image, int i, float gap, int jump) {
        int columns = image.columns;
        int c = image.column[i];
        int rowStart = image.cell[i] - c;
        for (int k = 1; k <= jump; k++) {
            int next = c + k;
            int q = image.object[rowStart + (next >= columns ? next - columns : next)];
            if (q >= 0 && close(image, i, q, gap)) {
                union(i, q);
                return;
            }
        }
    }

    private void linkUp(RangeImage image, int i, float gap, int rowJump) {
        int columns = image.columns;
        int c = image.column[i];
        int row = image.row[i];
        int left = c == 0 ? columns - 1 : c - 1;
        int right = c + 1 == columns ? 0 : c + 1;
        for (int k = 1; k <= rowJump && row + k < image.rows; k++) {
            int base = (row + k) * columns;
            boolean linked = tryLink(image, i, image.object[base + c], gap);
            linked |= tryLink(image, i, image.object[base + left], gap);
            linked |= tryLink(image, i, image.object[base + right], gap);
            if (linked) {
                return;
            }
        }
    }

    private boolean tryLink(RangeImage image, int i, int q, float gap) {
        if (q >= 0 && close(image, i, q, gap)) {
            union(i, q);
            return true;
        }
        return false;
    }

    private boolean close(RangeImage image, int i, int q, float gap) {
        if (image.height[q] > ceiling) {
            return false;
        }
        float dx = image.x[i] - image.x[q];
        float dy = image.y[i] - image.y[q];
        return dx * dx + dy * dy <= gap * gap;
    }

    private int find(int i) {
        while (parent[i] != i) {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }

    /** The smaller index becomes the root, so labels do not depend on the order of unions. */
    private void union(int a, int b) {
        if (parent[a] == parent[b]) {
            return;
        }
        int ra = find(a);
        int rb = find(b);
        if (ra < rb) {
            parent[rb] = ra;
        } else if (rb < ra) {
            parent[ra] = rb;
        }
    }
}
