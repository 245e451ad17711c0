package io.azimuth.registration.neighbours;

import java.util.Arrays;

/**
 * Exact searches in {@link KdTree}s. Ties in distance go to the lower index, so that a result is a
 * function of the points. Distances are squared and computed in float, and so are the bounds of
 * boxes, with room for rounding: it cannot hide a neighbour.
 *
 * <p>Holds the scratch of one thread: results are valid until the next call. Allocates nothing once
 * the buffers have grown.
 */
public final class NeighbourSearch {
    private static final float LESS = 0.25f * 0.999998f;

    private final int[] stack = new int[32]; // at most one sibling a level, and the root
    private final float[] stackSquared = new float[32];
    private KdTree tree = new KdTree();
    private float qx;
    private float qy;
    private float qz;

    private int wanted; // most neighbours to hold
    private float bound; // what lies farther is of no interest
    private int first;
    private float firstSquared;
    private float secondSquared;
    private int found;
    private int[] ranks = new int[32];
    private float[] squared = new float[32];

    /** Neighbours that the last search found. */
    public int found() {
        return found;
    }

    /** Their ranks in the tree, nearest first. */
    public int[] ranks() {
        return ranks;
    }

    /** Their squared distances, in the order of {@link #ranks()}. */
    public float[] squaredDistances() {
        return squared;
    }

    /** Rank of the nearest point within a distance, or -1. */
    public int nearest(KdTree in, float x, float y, float z, float maxSquared) {
        return nearest(in, x, y, z, maxSquared, 0);
    }

    /**
     * Rank of the nearest point within a distance, or -1. The search starts at the leaf of a point
     * that is perhaps near and climbs: the result is the same for any, and soonest found from a
     * near one. Afterwards {@link #nearestSquared} and {@link #secondSquared} tell about it.
     *
     * @param near rank of any point, 0 for an empty tree
     */
    public int nearest(KdTree in, float x, float y, float z, float maxSquared, int near) {
        start(in, x, y, z, 1, maxSquared);
        first = -1;
        firstSquared = maxSquared;
        secondSquared = maxSquared;
        if (in.size() > 0) {
            int leaf = in.leafOf(near);
            scanForTwo(leaf);
            for (int node = in.leaves() + leaf; node > 1; node >>= 1) {
                float d = boxSquared(node ^ 1);
                if (d <= secondSquared) {
                    descendForTwo(node ^ 1, d);
                }
            }
        }
        return first;
    }

    /** Squared distance of what {@link #nearest} found. */
    public float nearestSquared() {
        return firstSquared;
    }

    /** No other point is nearer than this to the last query of {@link #nearest}; squared. */
    public float secondSquared() {
        return secondSquared;
    }

    /** The {@code k} nearest points, fewer if the tree has fewer; returns how many. */
    public int kNearest(KdTree in, float x, float y, float z, int k) {
        start(in, x, y, z, k, Float.POSITIVE_INFINITY);
        descend(1, boxSquared(1));
        return found;
    }

    /** The {@code k} nearest points of a point of the tree, itself included. */
    int kNearestOf(KdTree in, int rank, int leaf, int k, float maxSquared) {
        start(in, in.x[rank], in.y[rank], in.z[rank], k, maxSquared);
        climb(leaf);
        return found;
    }

    /** All points within a distance, nearest first; returns how many. */
    public int within(KdTree in, float x, float y, float z, float radiusM) {
        start(in, x, y, z, Integer.MAX_VALUE, radiusM * radiusM);
        descend(1, boxSquared(1));
        sort();
        return found;
    }

    private void start(KdTree in, float x, float y, float z, int k, float maxSquared) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + ", expected 1 or more");
        }
        if (!Float.isFinite(x) || !Float.isFinite(y) || !Float.isFinite(z) || !(maxSquared >= 0)) {
            throw new IllegalArgumentException(
                    "query (%s, %s, %s) within %s m2, expected finite metres and 0 or more"
                            .formatted(x, y, z, maxSquared));
        }
        tree = in;
        qx = x;
        qy = y;
        qz = z;
        wanted = k;
        bound = maxSquared;
        found = 0;
    }

    /** Searches the leaf, then every part of the tree that may hold something nearer. */
    private void climb(int leaf) {
        scan(leaf);
        for (int node = tree.leaves() + leaf; node > 1; node >>= 1) {
            float d = boxSquared(node ^ 1);
            if (d <= bound) {
                descend(node ^ 1, d);
            }
        }
    }

    private void descend(int from, float fromSquared) {
        int leaves = tree.leaves();
        int top = 0;
        int node = from;
        float d = fromSquared;
        while (true) {
            if (d <= bound) {
                while (node < leaves) {
                    int left = 2 * node;
                    float dl = boxSquared(left);
                    float dr = boxSquared(left + 1);
                    boolean leftFirst = dl <= dr;
                    float far = leftFirst ? dr : dl;
                    if (far <= bound) {
                        stack[top] = leftFirst ? left + 1 : left;
                        stackSquared[top++] = far;
                    }
                    node = leftFirst ? left : left + 1;
                    d = leftFirst ? dl : dr;
                    if (d > bound) {
                        break;
                    }
                }
                if (d <= bound) {
                    scan(node - leaves);
                }
            }
            if (top == 0) {
                return;
            }
            node = stack[--top];
            d = stackSquared[top];
        }
    }

    private void descendForTwo(int from, float fromSquared) {
        int leaves = tree.leaves();
        int top = 0;
        int node = from;
        float d = fromSquared;
        while (true) {
            while (node < leaves && d <= secondSquared) {
                int left = 2 * node;
                float dl = boxSquared(left);
                float dr = boxSquared(left + 1);
                boolean leftFirst = dl <= dr;
                stack[top] = leftFirst ? left + 1 : left;
                stackSquared[top] = leftFirst ? dr : dl;
                top += stackSquared[top] <= secondSquared ? 1 : 0;
                node = leftFirst ? left : left + 1;
                d = leftFirst ? dl : dr;
            }
            if (d <= secondSquared) {
                scanForTwo(node - leaves);
            }
            if (top == 0) {
                return;
            }
            node = stack[--top];
            d = stackSquared[top];
        }
    }

    private void scanForTwo(int leaf) {
        int to = tree.begin[leaf + 1];
        float[] x = tree.x;
        float[] y = tree.y;
        float[] z = tree.z;
        int rank = first;
        float one = firstSquared;
        float two = secondSquared;
        for (int i = tree.begin[leaf]; i < to; i++) {
            float dx = x[i] - qx;
            float dy = y[i] - qy;
            float dz = z[i] - qz;
            float d = dx * dx + dy * dy + dz * dz;
            if (d > two) {
                continue;
            }
            if (d < one || (d == one && (rank < 0 || tree.index[i] < tree.index[rank]))) {
                two = rank < 0 ? two : one;
                one = d;
                rank = i;
            } else {
                two = d;
            }
        }
        first = rank;
        firstSquared = one;
        secondSquared = two;
    }

    private void scan(int leaf) {
        int to = tree.begin[leaf + 1];
        float[] x = tree.x;
        float[] y = tree.y;
        float[] z = tree.z;
        for (int i = tree.begin[leaf]; i < to; i++) {
            float dx = x[i] - qx;
            float dy = y[i] - qy;
            float dz = z[i] - qz;
            float d = dx * dx + dy * dy + dz * dz;
            if (d <= bound) {
                if (wanted == Integer.MAX_VALUE) {
                    append(i, d);
                } else {
                    insert(i, d);
                }
            }
        }
    }

    private void append(int rank, float d) {
        if (found == ranks.length) {
            ranks = Arrays.copyOf(ranks, 2 * found);
            squared = Arrays.copyOf(squared, 2 * found);
        }
        ranks[found] = rank;
        squared[found++] = d;
    }

    /** Keeps the list sorted by (distance, index); the bound is its end once it is full. */
    private void insert(int rank, float d) {
        int at = found;
        if (found == wanted) {
            at = wanted - 1;
            if (!sortsAfter(at, rank, d)) {
                return;
            }
        } else {
            append(rank, d);
        }
        while (at > 0 && sortsAfter(at - 1, rank, d)) {
            squared[at] = squared[at - 1];
            ranks[at] = ranks[at - 1];
            at--;
        }
        squared[at] = d;
        ranks[at] = rank;
        if (found == wanted) {
            bound = squared[wanted - 1];
        }
    }

    private boolean sortsAfter(int at, int rank, float d) {
        return squared[at] > d || (squared[at] == d && tree.index[ranks[at]] > tree.index[rank]);
    }

    /** Heap sort by (distance, index). */
    private void sort() {
        for (int root = found / 2 - 1; root >= 0; root--) {
            sink(root, found);
        }
        for (int end = found - 1; end > 0; end--) {
            int rank = ranks[0];
            float d = squared[0];
            ranks[0] = ranks[end];
            squared[0] = squared[end];
            ranks[end] = rank;
            squared[end] = d;
            sink(0, end);
        }
    }

    private void sink(int root, int end) {
        int rank = ranks[root];
        float d = squared[root];
        int hole = root;
        while (2 * hole + 1 < end) {
            int child = 2 * hole + 1;
            if (child + 1 < end && sortsAfter(child + 1, ranks[child], squared[child])) {
                child++;
            }
            if (!sortsAfter(child, rank, d)) {
                break;
            }
            ranks[hole] = ranks[child];
            squared[hole] = squared[child];
            hole = child;
        }
        ranks[hole] = rank;
        squared[hole] = d;
    }

    /**
     * Squared distance to a node's box, and no more than to any of its points as computed in float:
     * the half-widths and {@link #LESS} leave room for rounding. {@code t + |t|} is 2 max(t, 0),
     * several times as fast here.
     */
    private float boxSquared(int node) {
        float[] b = tree.boxes;
        int o = 6 * node;
        float tx = Math.abs(qx - b[o]) - b[o + 3];
        float ty = Math.abs(qy - b[o + 1]) - b[o + 4];
        float tz = Math.abs(qz - b[o + 2]) - b[o + 5];
        float dx = tx + Math.abs(tx);
        float dy = ty + Math.abs(ty);
        float dz = tz + Math.abs(tz);
        return LESS * (dx * dx + dy * dy + dz * dz);
    }
}
