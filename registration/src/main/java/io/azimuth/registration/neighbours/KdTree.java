package io.azimuth.registration.neighbours;

/**
 * A balanced k-d tree over points in three dimensions: {@code 2^d} leaves of at most {@link
 * #MAX_BUCKET} points, and the box around the points of every node. The points are copied in the
 * order of the leaves, so that a leaf is one run of memory; a point's position in that order is its
 * <i>rank</i>, its number in the input its <i>index</i>. Search it with {@link NeighbourSearch}.
 *
 * <p>A function of the points alone: medians are taken in the order (coordinate, index). {@link
 * #build} keeps the arrays of the last build where they are long enough. Read-only between builds,
 * and then safe to share between threads.
 */
public final class KdTree {
    static final int MAX_BUCKET = 12;

    /** Depth at most 22: {@code 2^22} leaves of 12 points. */
    static final int MAX_POINTS = MAX_BUCKET << 22;

    private static final float ROOM = 1.000001f;

    private int size;
    private int leaves = 1;

    /** Coordinates by rank. */
    float[] x = new float[0];

    float[] y = new float[0];
    float[] z = new float[0];

    /** Index of each rank. */
    int[] index = new int[0];

    /** First rank of each leaf, and the size at the end. */
    int[] begin = {0, 0};

    /**
     * Node i has its children at 2 i and 2 i + 1, the root is 1; centre x y z, half-width x y z,
     * the widths with room for rounding.
     */
    float[] boxes = new float[12];

    /**
     * Indexes the first {@code n} points, which must be finite.
     *
     * @throws IllegalArgumentException if there are too many or the arrays are too short
     */
    public void build(float[] px, float[] py, float[] pz, int n) {
        if (n < 0 || n > MAX_POINTS || px.length < n || py.length < n || pz.length < n) {
            throw new IllegalArgumentException(
                    "%d points in arrays of %d, %d and %d: expected 0 .. %d that are there"
                            .formatted(n, px.length, py.length, pz.length, MAX_POINTS));
        }
        size = n;
        leaves = 1;
        while ((long) leaves * MAX_BUCKET < n) {
            leaves *= 2;
        }
        reserve();
        for (int i = 0; i < n; i++) {
            x[i] = px[i];
            y[i] = py[i];
            z[i] = pz[i];
            index[i] = i;
        }
        split(1, 0, n, 0, leaves);
        begin[leaves] = n;
    }

    /** Points in the tree. */
    public int size() {
        return size;
    }

    /** The index that the point of this rank had in the input. */
    public int indexOf(int rank) {
        return index[rank];
    }

    public float x(int rank) {
        return x[rank];
    }

    public float y(int rank) {
        return y[rank];
    }

    public float z(int rank) {
        return z[rank];
    }

    int leaves() {
        return leaves;
    }

    /** The leaf that holds a rank. */
    int leafOf(int rank) {
        int leaf = (int) ((long) rank * leaves / size);
        while (begin[leaf] > rank) {
            leaf--;
        }
        while (begin[leaf + 1] <= rank) {
            leaf++;
        }
        return leaf;
    }

    private void reserve() {
        if (x.length < size) {
            int capacity = size + (size >> 2);
            x = new float[capacity];
            y = new float[capacity];
            z = new float[capacity];
            index = new int[capacity];
        }
        if (begin.length < leaves + 1) {
            begin = new int[leaves + 1];
            boxes = new float[12 * leaves];
        }
    }

    /** Orders ranks from .. to - 1 under a node whose leaves start at {@code leaf}. */
    private void split(int node, int from, int to, int leaf, int leavesBelow) {
        bound(node, from, to);
        if (leavesBelow == 1) {
            begin[leaf] = from;
            sortByPosition(from, to);
            return;
        }
        int mid = from + to >>> 1;
        select(widestAxis(node), from, to - 1, mid);
        split(2 * node, from, mid, leaf, leavesBelow / 2);
        split(2 * node + 1, mid, to, leaf + leavesBelow / 2, leavesBelow / 2);
    }

    private void bound(int node, int from, int to) {
        if (from == to) { // only the root of an empty tree
            java.util.Arrays.fill(boxes, 6 * node, 6 * node + 6, 0);
            return;
        }
        float x0 = Float.POSITIVE_INFINITY;
        float y0 = x0;
        float z0 = x0;
        float x1 = Float.NEGATIVE_INFINITY;
        float y1 = x1;
        float z1 = x1;
        for (int i = from; i < to; i++) {
            x0 = Math.min(x0, x[i]);
            y0 = Math.min(y0, y[i]);
            z0 = Math.min(z0, z[i]);
            x1 = Math.max(x1, x[i]);
            y1 = Math.max(y1, y[i]);
            z1 = Math.max(z1, z[i]);
        }
        int o = 6 * node;
        boxes[o] = 0.5f * (x0 + x1);
        boxes[o + 1] = 0.5f * (y0 + y1);
        boxes[o + 2] = 0.5f * (z0 + z1);
        boxes[o + 3] = halfWidth(x0, boxes[o], x1);
        boxes[o + 4] = halfWidth(y0, boxes[o + 1], y1);
        boxes[o + 5] = halfWidth(z0, boxes[o + 2], z1);
    }

    private static float halfWidth(float least, float centre, float most) {
        return Math.max(most - centre, centre - least) * ROOM;
    }

    private float[] widestAxis(int node) {
        int o = 6 * node;
        float dx = boxes[o + 3];
        float dy = boxes[o + 4];
        float dz = boxes[o + 5];
        return dx >= dy && dx >= dz ? x : dy >= dz ? y : z;
    }

    /** Quickselect: afterwards ranks below {@code mid} hold what sorts before it. */
    private void select(float[] axis, int from, int to, int mid) {
        int lo = from;
        int hi = to;
        while (lo < hi) {
            int pivot = medianOfThree(axis, lo, lo + hi >>> 1, hi);
            float value = axis[pivot];
            int number = index[pivot];
            int i = lo;
            int j = hi;
            while (i <= j) {
                while (before(axis, i, value, number)) {
                    i++;
                }
                while (after(axis, j, value, number)) {
                    j--;
                }
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            if (mid <= j) {
                hi = j;
            } else if (mid >= i) {
                lo = i;
            } else {
                return;
            }
        }
    }

    private int medianOfThree(float[] axis, int a, int b, int c) {
        boolean ab = before(axis, a, axis[b], index[b]);
        boolean bc = before(axis, b, axis[c], index[c]);
        boolean ac = before(axis, a, axis[c], index[c]);
        return ab == bc ? b : ab == ac ? c : a;
    }

    private boolean before(float[] axis, int rank, float value, int number) {
        return axis[rank] < value || (axis[rank] == value && index[rank] < number);
    }

    private boolean after(float[] axis, int rank, float value, int number) {
        return axis[rank] > value || (axis[rank] == value && index[rank] > number);
    }

    /**
     * Within a leaf the order of selection is an accident of the pivots. By position, so that the
     * ranks do not depend on the order of the input where all points differ.
     */
    private void sortByPosition(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            for (int j = i; j > from && beforeByPosition(j, j - 1); j--) {
                swap(j - 1, j);
            }
        }
    }

    private boolean beforeByPosition(int a, int b) {
        if (x[a] != x[b]) {
            return x[a] < x[b];
        }
        if (y[a] != y[b]) {
            return y[a] < y[b];
        }
        return z[a] != z[b] ? z[a] < z[b] : index[a] < index[b];
    }

    private void swap(int a, int b) {
        float t = x[a];
        x[a] = x[b];
        x[b] = t;
        t = y[a];
        y[a] = y[b];
        y[b] = t;
        t = z[a];
        z[a] = z[b];
        z[b] = t;
        int n = index[a];
        index[a] = index[b];
        index[b] = n;
    }
}
