package io.azimuth.perception.cluster;

import java.util.Arrays;

/**
 * Single-linkage tree over the components of a range image: leaves are components, an inner node
 * joins the two closest groups. Cars split by glass come together at some node; a car and the bin
 * beside it are two children of one: which nodes are objects is decided by score, not by one
 * distance for all.
 *
 * <p>Source: Hu, Held, Ramanan, "Learning to optimally segment point clouds" (2020); differs:
 * single linkage instead of a ladder of radii, hand-made scores. Members of a node are a contiguous
 * range of {@link #member}. Buffers are reused.
 */
final class FragmentTree {
    private static final int SAMPLES = 24;
    private static final int MAX_LEAVES = 2048;

    private final Contour contour = new Contour(SAMPLES);
    int leaves;
    int nodes;
    int[] left = new int[0];
    int[] right = new int[0];
    int[] start = new int[0];
    int[] end = new int[0];

    /** Distance at which the node's two parts were joined, metres; 0 for a leaf. */
    float[] gapM = new float[0];

    boolean[] root = new boolean[0];

    /** Columns of the image that a node spans, from the first on, wrapped; see {@link Contour}. */
    int[] firstColumn = new int[0];

    int[] columnsSpanned = new int[0];
    float[] minX = new float[0];
    float[] maxX = new float[0];
    float[] minY = new float[0];
    float[] maxY = new float[0];
    float[] minHeight = new float[0];
    float[] maxHeight = new float[0];

    /** Object pixels ordered so that every node's are together. */
    int[] member = new int[0];

    /** Place of an object pixel in {@link #member}, or -1. */
    int[] position = new int[0];

    private int[] leafOfLabel = new int[0];
    private int[] size = new int[0];
    private int[] leafStart = new int[0];
    private int[] scratch = new int[0];
    private float[] sampleX = new float[0];
    private float[] sampleY = new float[0];
    private int[] samples = new int[0];
    private int[] group = new int[0];
    private int[] groupNode = new int[0];
    private long[] edges = new long[1024];
    private long[] byX = new long[0];
    private int[] stack = new int[0];
    private int edgeCount;
    private float maxExtent2;

    /**
     * Builds the tree over all components with at least {@code minPoints} pixels; no join spans
     * more than {@code maxExtentM}, so that what stands before a wall is not lost in it.
     */
    void build(
            RangeImage image,
            int[] label,
            int labels,
            int minPoints,
            double maxGapM,
            double maxExtentM) {
        maxExtent2 = (float) (maxExtentM * maxExtentM);
        chooseLeaves(image, label, labels, minPoints);
        collectMembers(image, label);
        for (int leaf = 0; leaf < leaves; leaf++) {
            sample(image, leaf);
        }
        findEdges((float) maxGapM);
        Arrays.sort(edges, 0, edgeCount);
        join(image.columns);
        order(image);
    }

    private void chooseLeaves(RangeImage image, int[] label, int labels, int minPoints) {
        if (leafOfLabel.length < labels) {
            leafOfLabel = new int[labels + (labels >> 1) + 16];
            size = new int[leafOfLabel.length];
        }
        Arrays.fill(size, 0, labels, 0);
        for (int i = 0; i < image.size; i++) {
            size[label[i]]++;
        }
        int least = minPoints;
        do {
            leaves = 0;
            for (int k = 0; k < labels; k++) {
                leafOfLabel[k] = size[k] >= least ? leaves++ : -1;
            }
            least += Math.max(1, least / 2);
        } while (leaves > MAX_LEAVES);
        ensureNodes(Math.max(1, 2 * leaves));
    }

    private void ensureNodes(int n) {
        if (left.length >= n) {
            return;
        }
        int c = n + (n >> 1);
        left = new int[c];
        right = new int[c];
        start = new int[c];
        end = new int[c];
        root = new boolean[c];
        gapM = new float[c];
        firstColumn = new int[c];
        columnsSpanned = new int[c];
        minX = new float[c];
        maxX = new float[c];
        minY = new float[c];
        maxY = new float[c];
        minHeight = new float[c];
        maxHeight = new float[c];
        leafStart = new int[c + 1];
        samples = new int[c];
        group = new int[c];
        groupNode = new int[c];
        stack = new int[c];
        byX = new long[c];
        sampleX = new float[c * 2 * SAMPLES];
        sampleY = new float[c * 2 * SAMPLES];
    }

    private void collectMembers(RangeImage image, int[] label) {
        if (member.length < image.size) {
            member = new int[image.size + (image.size >> 1)];
            position = new int[member.length];
            scratch = new int[member.length];
        }
        Arrays.fill(leafStart, 0, leaves + 1, 0);
        for (int i = 0; i < image.size; i++) {
            int leaf = leafOfLabel[label[i]];
            if (leaf >= 0) {
                leafStart[leaf + 1]++;
            }
        }
        for (int k = 0; k < leaves; k++) {
            leafStart[k + 1] += leafStart[k];
            end[k] = leafStart[k];
        }
        for (int i = 0; i < image.size; i++) {
            int leaf = leafOfLabel[label[i]];
            if (leaf >= 0) {
                scratch[end[leaf]++] = i;
            }
        }
    }

    /** Bounds and outline points of a leaf. */
    private void sample(RangeImage image, int leaf) {
        int from = leafStart[leaf];
        int to = leafStart[leaf + 1];
        float x0 = Float.MAX_VALUE;
        float x1 = -Float.MAX_VALUE;
        float y0 = Float.MAX_VALUE;
        float y1 = -Float.MAX_VALUE;
        float h0 = Float.MAX_VALUE;
        float h1 = -Float.MAX_VALUE;
        for (int k = from; k < to; k++) {
            int i = scratch[k];
            x0 = Math.min(x0, image.x[i]);
            x1 = Math.max(x1, image.x[i]);
            y0 = Math.min(y0, image.y[i]);
            y1 = Math.max(y1, image.y[i]);
            h0 = Math.min(h0, image.height[i]);
            h1 = Math.max(h1, image.height[i]);
        }
        minHeight[leaf] = h0;
        maxHeight[leaf] = h1;
        minX[leaf] = x0;
        maxX[leaf] = x1;
        minY[leaf] = y0;
        maxY[leaf] = y1;
        samples[leaf] = 0;
        if (extent2(x1 - x0, y1 - y0) > maxExtent2) {
            return; // a wall: joins nothing
        }
        contour.trace(image, scratch, from, to);
        firstColumn[leaf] = contour.firstColumn;
        columnsSpanned[leaf] = contour.columnsSpanned;
        int base = leaf * 2 * SAMPLES;
        int n = 0;
        for (int b = 0; b < contour.blocks; b++) {
            int near = contour.nearest[b];
            if (near < 0) {
                continue;
            }
            sampleX[base + n] = image.x[near];
            sampleY[base + n++] = image.y[near];
            int far = contour.farthest[b];
            if (far != near) {
                sampleX[base + n] = image.x[far];
                sampleY[base + n++] = image.y[far];
            }
        }
        samples[leaf] = n;
    }

    private static float extent2(float dx, float dy) {
        return dx * dx + dy * dy;
    }

    /** Squared diagonal of the box around two nodes. */
    private float joinedExtent2(int a, int b) {
        return extent2(
                Math.max(maxX[a], maxX[b]) - Math.min(minX[a], minX[b]),
                Math.max(maxY[a], maxY[b]) - Math.min(minY[a], minY[b]));
    }

    /** Sweeps over the leaves in order of their lower x, so that only near ones meet. */
    private void findEdges(float maxGap) {
        edgeCount = 0;
        int n = 0;
        for (int k = 0; k < leaves; k++) {
            if (samples[k] > 0) {
                // millimetres, shifted to be positive, then the leaf
                byX[n++] = (long) ((minX[k] + 1000) * 1000) << 16 | k;
            }
        }
        Arrays.sort(byX, 0, n);
        for (int i = 0; i < n; i++) {
            int a = (int) byX[i] & 0xffff;
            float reach = maxX[a] + maxGap + 0.002f;
            for (int j = i + 1; j < n; j++) {
                int b = (int) byX[j] & 0xffff;
                if (minX[b] > reach) {
                    break;
                }
                float d2 = boundsDistance2(a, b);
                if (d2 > maxGap * maxGap || joinedExtent2(a, b) > maxExtent2) {
                    continue;
                }
                d2 = distance2(a, b, maxGap * maxGap);
                if (d2 <= maxGap * maxGap) {
                    addEdge((long) (Math.sqrt(d2) * 10000), Math.min(a, b), Math.max(a, b));
                }
            }
        }
    }

    private float boundsDistance2(int a, int b) {
        float dx = Math.max(0, Math.max(minX[b] - maxX[a], minX[a] - maxX[b]));
        float dy = Math.max(0, Math.max(minY[b] - maxY[a], minY[a] - maxY[b]));
        return extent2(dx, dy);
    }

    /** Squared distance of the nearest samples of two leaves, exact only up to {@code limit}. */
    private float distance2(int a, int b, float limit) {
        int a0 = a * 2 * SAMPLES;
        int b0 = b * 2 * SAMPLES;
        int b1 = b0 + samples[b];
        float best = limit * 1.001f;
        for (int i = a0; i < a0 + samples[a]; i++) {
            float x = sampleX[i];
            float y = sampleY[i];
            float offX = Math.max(0, Math.max(minX[b] - x, x - maxX[b]));
            float offY = Math.max(0, Math.max(minY[b] - y, y - maxY[b]));
            if (extent2(offX, offY) >= best) {
                continue;
            }
            for (int j = b0; j < b1; j++) {
                float dx = sampleX[j] - x;
                float dy = sampleY[j] - y;
                best = Math.min(best, dx * dx + dy * dy);
            }
        }
        return best;
    }

    /** Sorted as one number: distance in tenths of a millimetre, then both leaves. */
    private void addEdge(long distance, int a, int b) {
        if (edgeCount == edges.length) {
            edges = Arrays.copyOf(edges, edgeCount * 2);
        }
        edges[edgeCount++] = distance << 32 | (long) a << 16 | b;
    }

    private void join(int columns) {
        nodes = leaves;
        for (int k = 0; k < leaves; k++) {
            group[k] = k;
            groupNode[k] = k;
            left[k] = -1;
            right[k] = -1;
            gapM[k] = 0;
            root[k] = true;
        }
        for (int e = 0; e < edgeCount; e++) {
            int a = find((int) (edges[e] >> 16) & 0xffff);
            int b = find((int) edges[e] & 0xffff);
            if (a == b) {
                continue;
            }
            int la = groupNode[a];
            int lb = groupNode[b];
            if (joinedExtent2(la, lb) > maxExtent2) {
                continue;
            }
            int n = nodes++;
            left[n] = la;
            right[n] = lb;
            gapM[n] = (edges[e] >> 32) / 10000f;
            root[la] = false;
            root[lb] = false;
            root[n] = true;
            minX[n] = Math.min(minX[la], minX[lb]);
            maxX[n] = Math.max(maxX[la], maxX[lb]);
            minY[n] = Math.min(minY[la], minY[lb]);
            maxY[n] = Math.max(maxY[la], maxY[lb]);
            minHeight[n] = Math.min(minHeight[la], minHeight[lb]);
            maxHeight[n] = Math.max(maxHeight[la], maxHeight[lb]);
            joinColumns(n, la, lb, columns);
            group[b] = a;
            groupNode[a] = n;
        }
    }

    /** The shorter of the two arcs that hold both parts. */
    private void joinColumns(int n, int a, int b, int columns) {
        int fromA = arc(a, b, columns);
        int fromB = arc(b, a, columns);
        firstColumn[n] = fromA <= fromB ? firstColumn[a] : firstColumn[b];
        columnsSpanned[n] = Math.min(columns, Math.min(fromA, fromB));
    }

    /** Columns from the first of {@code a} to the last of either. */
    private int arc(int a, int b, int columns) {
        int offset = firstColumn[b] - firstColumn[a];
        offset = offset < 0 ? offset + columns : offset;
        return Math.max(columnsSpanned[a], offset + columnsSpanned[b]);
    }

    private int find(int k) {
        while (group[k] != k) {
            group[k] = group[group[k]];
            k = group[k];
        }
        return k;
    }

    /** Lays the members out so that each node has a contiguous range. */
    private void order(RangeImage image) {
        Arrays.fill(position, 0, image.size, -1);
        int next = 0;
        for (int r = 0; r < nodes; r++) {
            if (root[r]) {
                next = layOut(r, next);
            }
        }
        for (int n = leaves; n < nodes; n++) {
            start[n] = Math.min(start[left[n]], start[right[n]]);
            end[n] = Math.max(end[left[n]], end[right[n]]);
        }
    }

    private int layOut(int top, int first) {
        int next = first;
        int depth = 0;
        stack[depth++] = top;
        while (depth > 0) {
            int n = stack[--depth];
            if (left[n] >= 0) {
                stack[depth++] = right[n];
                stack[depth++] = left[n];
                continue;
            }
            start[n] = next;
            for (int k = leafStart[n]; k < leafStart[n + 1]; k++) {
                int i = scratch[k];
                position[i] = next;
                member[next++] = i;
            }
            end[n] = next;
        }
        return next;
    }
}
