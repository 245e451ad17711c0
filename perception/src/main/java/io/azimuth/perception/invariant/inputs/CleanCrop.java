package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.invariant.Crop;

/**
 * The points of a crop as features see them: finite, no two within a millimetre, about their
 * centroid, in an order that depends on where they are and not on how they came. Not thread-safe.
 */
final class CleanCrop {
    /** Coordinates beyond this are no places but faults. */
    private static final double FARTHEST_M = 1e9;

    /**
     * Points nearer than this are one. Just below a millimetre, so that points of a file rounded to
     * millimetres stay apart, turned or not.
     */
    private static final double SAME_M = 0.99e-3;

    /** A direction along which planes of a scene do not collapse; its length is 1. */
    private static final double[] SKEW = {0.615201, 0.541023, 0.573372};

    /** Points that features are computed from; a larger crop is thinned first. */
    static final int MOST_POINTS = 1024;

    final Cloud points = new Cloud();

    /** Relative to the centroid; the centroid itself if no sensor is used. */
    final double[] sensor = new double[3];

    final double[] up = new double[3];

    /** Whether {@link #sensor} means anything. */
    final boolean viewpoint;

    /** Distinct finite points, before thinning. */
    int distinct;

    /** NaN or infinite ones. */
    int removed;

    /** Largest distance from the centroid. */
    double radius;

    /** Covariance of all distinct points: xx, xy, xz, yy, yz, zz. */
    final double[] covariance = new double[6];

    private final boolean unitSphere;
    private final Cloud all = new Cloud();
    private final IndexSort sort = new IndexSort();
    private final IndexSort.Order bySkew = this::skewSwapped;
    private final IndexSort.Order byRadius = this::radiusSwapped;
    private double[] key = new double[0];
    private int[] order = new int[0];
    private int[] kept = new int[0];

    CleanCrop(boolean viewpoint, boolean unitSphere) {
        this.viewpoint = viewpoint;
        this.unitSphere = unitSphere;
    }

    void take(Crop crop) {
        System.arraycopy(crop.up(), 0, up, 0, 3);
        if (viewpoint) {
            System.arraycopy(crop.sensor(), 0, sensor, 0, 3);
        }
        collect(crop);
        centre();
        double scale = unitSphere && radius > 0 ? 1 / radius : 1;
        merge(SAME_M / scale);
        centre();
        scale = unitSphere && radius > 0 ? 1 / radius : 1;
        if (scale != 1) {
            scale(scale);
        }
        distances();
        covariance();
        thin();
    }

    private void collect(Crop crop) {
        int n = crop.size();
        all.reserve(n);
        if (order.length < n) {
            order = new int[n + n / 2];
            kept = new int[n + n / 2];
            key = new double[n + n / 2];
        }
        int count = 0;
        for (int i = 0; i < n; i++) {
            double x = crop.x()[i];
            double y = crop.y()[i];
            double z = crop.z()[i];
            if (Math.abs(x) <= FARTHEST_M
                    && Math.abs(y) <= FARTHEST_M
                    && Math.abs(z) <= FARTHEST_M) {
                all.x[count] = x;
                all.y[count] = y;
                all.z[count] = z;
                key[count] = SKEW[0] * x + SKEW[1] * y + SKEW[2] * z;
                order[count] = count;
                count++;
            }
        }
        removed = n - count;
        all.size = count;
        sort.sort(order, count, bySkew);
        points.take(all, order, count);
    }

    /** Total up to equal coordinates, so the sums that follow do not depend on the given order. */
    private boolean skewSwapped(int a, int b) {
        if (key[a] != key[b]) {
            return key[b] < key[a];
        }
        if (all.x[a] != all.x[b]) {
            return all.x[b] < all.x[a];
        }
        return all.y[a] != all.y[b] ? all.y[b] < all.y[a] : all.z[b] < all.z[a];
    }

    /** Moves the centroid to the origin, and the sensor with it. */
    private void centre() {
        int n = points.size;
        if (n == 0) {
            radius = 0;
            return;
        }
        double x0 = points.x[0];
        double y0 = points.y[0];
        double z0 = points.z[0];
        double sx = 0;
        double sy = 0;
        double sz = 0;
        for (int i = 0; i < n; i++) {
            sx += points.x[i] - x0; // differences first: coordinates may be large
            sy += points.y[i] - y0;
            sz += points.z[i] - z0;
        }
        double cx = x0 + sx / n;
        double cy = y0 + sy / n;
        double cz = z0 + sz / n;
        double most = 0;
        for (int i = 0; i < n; i++) {
            double x = points.x[i] -= cx;
            double y = points.y[i] -= cy;
            double z = points.z[i] -= cz;
            most = Math.max(most, x * x + y * y + z * z);
        }
        if (viewpoint) {
            sensor[0] -= cx;
            sensor[1] -= cy;
            sensor[2] -= cz;
        }
        radius = Math.sqrt(most);
    }

    private void scale(double by) {
        for (int i = 0; i < points.size; i++) {
            points.x[i] *= by;
            points.y[i] *= by;
            points.z[i] *= by;
        }
        for (int k = 0; k < 3; k++) {
            sensor[k] *= by;
        }
        radius *= by;
    }

    private void distances() {
        for (int i = 0; i < points.size; i++) {
            double x = points.x[i];
            double y = points.y[i];
            double z = points.z[i];
            points.toCentre[i] = Math.sqrt(x * x + y * y + z * z);
            x -= sensor[0];
            y -= sensor[1];
            z -= sensor[2];
            points.toSensor[i] = viewpoint ? Math.sqrt(x * x + y * y + z * z) : 0;
        }
    }

    /** A point goes if another within {@code sameM} precedes it in the order of 4.4. */
    private void merge(double sameM) {
        distances();
        int n = points.size;
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (!preceded(i, sameM, -1) && !preceded(i, sameM, 1)) {
                kept[count++] = i;
            }
        }
        if (count < n) {
            all.take(points, kept, count);
            for (int i = 0; i < count; i++) {
                order[i] = i;
            }
            points.take(all, order, count);
        }
        distinct = count;
    }

    private boolean preceded(int i, double sameM, int step) {
        double limit = sameM * sameM;
        // keys rose before centring and differ by a constant now
        double slack = sameM * (1 + 1e-6) + 1e-9 * (1 + radius);
        double at = skew(i);
        for (int j = i + step; j >= 0 && j < points.size; j += step) {
            if (Math.abs(skew(j) - at) > slack) {
                return false;
            }
            if (points.squaredDistance(i, j) < limit && TieOrder.precedes(points, j, i)) {
                return true;
            }
        }
        return false;
    }

    private double skew(int i) {
        return SKEW[0] * points.x[i] + SKEW[1] * points.y[i] + SKEW[2] * points.z[i];
    }

    private void covariance() {
        java.util.Arrays.fill(covariance, 0);
        int n = points.size;
        for (int i = 0; i < n; i++) {
            double x = points.x[i];
            double y = points.y[i];
            double z = points.z[i];
            covariance[0] += x * x;
            covariance[1] += x * y;
            covariance[2] += x * z;
            covariance[3] += y * y;
            covariance[4] += y * z;
            covariance[5] += z * z;
        }
        for (int k = 0; k < 6 && n > 0; k++) {
            covariance[k] /= n;
        }
    }

    /** Keeps every so-many-th point by distance from the centroid: no place is preferred. */
    private void thin() {
        int n = points.size;
        if (n <= MOST_POINTS) {
            return;
        }
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        sort.sort(order, n, byRadius);
        for (int i = 0; i < MOST_POINTS; i++) {
            kept[i] = order[(int) ((long) i * n / MOST_POINTS)];
        }
        all.take(points, kept, MOST_POINTS);
        for (int i = 0; i < MOST_POINTS; i++) {
            order[i] = i;
        }
        points.take(all, order, MOST_POINTS);
    }

    private boolean radiusSwapped(int a, int b) {
        double difference = points.toCentre[b] - points.toCentre[a];
        if (Math.abs(difference) > TieOrder.SAME_M) {
            return difference < 0;
        }
        return points.toSensor[b] < points.toSensor[a] - TieOrder.SAME_M;
    }
}
