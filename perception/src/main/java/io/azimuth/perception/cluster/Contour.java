package io.azimuth.perception.cluster;

import java.util.Arrays;

/**
 * Outline of a set of object pixels as the sensor sees it: the nearest and the farthest point in
 * each of up to {@code maxBlocks} equal ranges of columns, counted from the set's own leftmost
 * column, so that it turns with the cloud. Valid until the next call.
 */
final class Contour {
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

    /** Traces {@code members[from .. to)}, at least one. */
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
        columnsSpanned = high - low + 1;
        firstColumn = Math.floorMod(anchor + low, columns);
        int perBlock = (columnsSpanned + maxBlocks - 1) / maxBlocks;
        blocks = (columnsSpanned + perBlock - 1) / perBlock;
        Arrays.fill(nearest, 0, blocks, -1);
        for (int k = from; k < to; k++) {
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
