package io.azimuth.perception.invariant.inputs;

/**
 * The k nearest points of a place by looking at all of them, in a total order ({@link TieOrder}):
 * for crops of a few hundred points nothing is faster. Not thread-safe.
 */
final class NearestPoints {
    /** Indices, nearest first. */
    final int[] index;

    final double[] squared;

    /** How many were found: fewer than asked in a small cloud. */
    int count;

    NearestPoints(int most) {
        index = new int[most];
        squared = new double[most];
    }

    /**
     * Finds the nearest points of a place.
     *
     * @param self left out; -1 for none
     */
    void find(Cloud cloud, double x, double y, double z, int self) {
        int most = index.length;
        count = 0;
        double limit = Double.POSITIVE_INFINITY;
        for (int i = 0; i < cloud.size; i++) {
            double dx = cloud.x[i] - x;
            double dy = cloud.y[i] - y;
            double dz = cloud.z[i] - z;
            double d = dx * dx + dy * dy + dz * dz;
            if (d > limit || i == self) {
                continue;
            }
            int at = count;
            if (count == most) {
                at--;
                if (!TieOrder.nearer(cloud, i, d, index[at], squared[at])) {
                    continue;
                }
            } else {
                count++;
            }
            while (at > 0 && TieOrder.nearer(cloud, i, d, index[at - 1], squared[at - 1])) {
                index[at] = index[at - 1];
                squared[at] = squared[at - 1];
                at--;
            }
            index[at] = i;
            squared[at] = d;
            if (count == most) {
                limit = squared[most - 1] * (1 + TieOrder.SAME_RATIO);
            }
        }
    }
}
