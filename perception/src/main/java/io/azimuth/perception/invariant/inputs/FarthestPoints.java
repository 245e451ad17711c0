package io.azimuth.perception.invariant.inputs;

/**
 * Farthest-point sampling: first the point farthest from the centroid, then always the one farthest
 * from those taken. Ties as {@link TieOrder} says. Not thread-safe.
 */
final class FarthestPoints {
    /** Indices of the points taken; those of a small cloud are all, in order. */
    final int[] taken;

    int count;

    private double[] squared = new double[0];

    FarthestPoints(int most) {
        taken = new int[most];
    }

    void sample(Cloud cloud) {
        int n = cloud.size;
        if (n <= taken.length) {
            count = n;
            for (int i = 0; i < n; i++) {
                taken[i] = i;
            }
            return;
        }
        if (squared.length < n) {
            squared = new double[n + n / 2];
        }
        for (int i = 0; i < n; i++) {
            squared[i] = cloud.toCentre[i] * cloud.toCentre[i];
        }
        int next = farthest(cloud);
        java.util.Arrays.fill(squared, 0, n, Double.POSITIVE_INFINITY);
        for (count = 0; count < taken.length; count++) {
            taken[count] = next;
            lower(cloud, next);
            next = farthest(cloud);
        }
    }

    private void lower(Cloud cloud, int to) {
        double x = cloud.x[to];
        double y = cloud.y[to];
        double z = cloud.z[to];
        for (int i = 0; i < cloud.size; i++) {
            double dx = cloud.x[i] - x;
            double dy = cloud.y[i] - y;
            double dz = cloud.z[i] - z;
            squared[i] = Math.min(squared[i], dx * dx + dy * dy + dz * dz);
        }
    }

    private int farthest(Cloud cloud) {
        double most = 0;
        for (int i = 0; i < cloud.size; i++) {
            most = Math.max(most, squared[i]);
        }
        double limit = most * (1 - TieOrder.SAME_RATIO);
        int best = -1;
        for (int i = 0; i < cloud.size; i++) {
            if (squared[i] >= limit && (best < 0 || TieOrder.precedes(cloud, i, best))) {
                best = i;
            }
        }
        return best;
    }
}
