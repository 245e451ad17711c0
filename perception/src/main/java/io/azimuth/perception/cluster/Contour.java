package io.azimuth.perception.cluster;

import java.util.Arrays;

/**
 * Outline of a set of object pixels as the sensor sees it: the nearest and the farthest point in
 * each of up to {@code maxBlocks} equal ranges of columns, counted from the set's own leftmost
 * column, so that it turns with the cloud. Valid until the next call.
 */
final class Contour {
    /** Of a larger set only every n-th member is looked at. */
    private static final int MAX_MEMBERS = 1500;

    private final int maxBlocks;
    final int[] nearest; // object pixel or -1
    final int[] farthest;
    int blocks;
    int columnsSpanned;
    int firstColumn;

    Contour(int maxBlocks) {
        this.maxBlocks = maxBlocks;
        nearest = new int[maxBlocks];
        farthest = new int[maxBlocks];
    }

    /** Traces {@code members[from .. to)}, at least one; finds their columns first. */
    void trace(RangeImage image, int[] members, int from, int to) {
        int columns = image.columns;
        int anchor = image.column[members[from]];
        int low = 0;
        int high = 0;
        int half = columns / 2;
        for (int k = from; k < to; k++) {
            int d = image.column[members[k]] - anchor;
            d = d >= half ? d - columns : d < -half ? d + columns : d;
            low = Math.min(low, d);
            high = Math.max(high, d);
        }
        trace(image, members, from, to, Math.floorMod(anchor + low, columns), high - low + 1);
    }

    /** Traces members that are known to lie in {@code span} columns from {@code first} on. */
    void trace(RangeImage image, int[] members, int from, int to, int first, int span) {
        int columns = image.columns;
        columnsSpanned = span;
        firstColumn = first;
        int perBlock = (columnsSpanned + maxBlocks - 1) / maxBlocks;
        blocks = (columnsSpanned + perBlock - 1) / perBlock;
        Arrays.fill(nearest, 0, blocks, -1);
        int stride = 1 + (to - from) / MAX_MEMBERS;
        for (int k = from; k < to; k += stride) {
            int i = members[k];
            int d = image.column[i] - firstColumn;
            int b = (d < 0 ? d + columns : d) / perBlock;
            if (b >= blocks) {
                b = blocks - 1; // a set around the whole sensor
            }
            if (nearest[b] < 0) {
                nearest[b] = i;
                farthest[b] = i;
            } else if (image.range[i] < image.range[nearest[b]]) {
                nearest[b] = i;
            } else if (image.range[i] > image.range[farthest[b]]) {
                farthest[b] = i;
            }
        }
    }
}
