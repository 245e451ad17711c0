package io.azimuth.registration.neighbours;

import io.azimuth.perception.geometry.PointCloud;

/**
 * A cloud prepared for plane-to-plane registration: its distinct points in a k-d tree, each with
 * the unit normal n of its {@code k} nearest points, itself included. The covariance that
 * generalised ICP gives a point, with eigenvalues regularised to (1, 1, {@link #THICKNESS}), is
 * {@code I - (1 - THICKNESS) n n^T}; so the normal says it all. A point whose neighbours lie on a
 * line or in one place has the normal zero: a covariance of I. Source: Segal, Haehnel, Thrun,
 * "Generalized-ICP", RSS 2009, section III.B.
 *
 * <p>Coordinates are kept relative to an {@link #originX origin} on a grid of {@link
 * #ORIGIN_GRID_M} near the middle of the cloud, so that floats resolve map coordinates. Copies of a
 * point are taken once: they would make its neighbourhood a dot.
 *
 * <p>{@link #load} keeps the arrays of the last cloud where they are long enough. One writer; what
 * was loaded may be read by many threads.
 */
public final class SurfaceCloud {
    /** Smallest eigenvalue of a point's covariance, the others being 1. */
    public static final double THICKNESS = 1e-3;

    /** Origins are multiples of this, metres: exact in float. */
    public static final double ORIGIN_GRID_M = 1;

    /** Coordinates farther from zero are refused, metres. */
    public static final float MAX_COORDINATE_M = 1e6f;

    private final int neighbours;
    private final KdTree tree = new KdTree();
    private final NeighbourSearch search = new NeighbourSearch();
    private final SmallestEigenvector thin = new SmallestEigenvector();
    private final DistinctPoints distinct = new DistinctPoints();
    private float[] normals = new float[0]; // x y z by rank
    private double originX;
    private double originY;
    private double originZ;
    private double rmsRangeM;

    /**
     * @param neighbours points that make a surface, 4 .. 1000
     */
    public SurfaceCloud(int neighbours) {
        if (!(neighbours >= 4 && neighbours <= 1000)) {
            throw new IllegalArgumentException(
                    "neighbours is " + neighbours + ", expected 4 .. 1000");
        }
        this.neighbours = neighbours;
    }

    /**
     * Takes in a cloud.
     *
     * @param what the cloud's name in messages
     * @throws IllegalArgumentException if it is empty or a coordinate is not finite or larger than
     *     {@link #MAX_COORDINATE_M}
     */
    public void load(PointCloud cloud, String what) {
        requireFinite(cloud, what);
        chooseOrigin(cloud);
        distinct.take(cloud, originX, originY, originZ);
        tree.build(distinct.x(), distinct.y(), distinct.z(), distinct.size());
        rmsRangeM = Math.sqrt(distinct.meanSquare());
        findNormals();
    }

    /** Distinct points. */
    public int size() {
        return tree.size();
    }

    /** The points; coordinates are relative to the origin. */
    public KdTree tree() {
        return tree;
    }

    /** Unit normals or zeros: the point of rank i has its own at 3 i .. 3 i + 2. */
    public float[] normals() {
        return normals;
    }

    public double originX() {
        return originX;
    }

    public double originY() {
        return originY;
    }

    public double originZ() {
        return originZ;
    }

    /** Root mean square distance of the points to the origin, metres. */
    public double rmsRangeM() {
        return rmsRangeM;
    }

    private static void requireFinite(PointCloud cloud, String what) {
        if (cloud.size() == 0) {
            throw new IllegalArgumentException(what + " has no points, expected 1 or more");
        }
        for (int i = 0; i < cloud.size(); i++) {
            float largest =
                    Math.max(
                            Math.abs(cloud.x()[i]),
                            Math.max(Math.abs(cloud.y()[i]), Math.abs(cloud.z()[i])));
            if (!(largest <= MAX_COORDINATE_M)) { // NaN fails too
                throw new IllegalArgumentException(
                        "%s: point %d is (%s, %s, %s), expected finite coordinates within +-%s m"
                                .formatted(
                                        what,
                                        i,
                                        cloud.x()[i],
                                        cloud.y()[i],
                                        cloud.z()[i],
                                        MAX_COORDINATE_M));
            }
        }
    }

    private void chooseOrigin(PointCloud cloud) {
        originX = middle(cloud.x(), cloud.size());
        originY = middle(cloud.y(), cloud.size());
        originZ = middle(cloud.z(), cloud.size());
    }

    private static double middle(float[] axis, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += axis[i];
        }
        return ORIGIN_GRID_M * Math.rint(sum / (size * ORIGIN_GRID_M));
    }

    private void findNormals() {
        int n = tree.size();
        if (normals.length < 3 * n) {
            normals = new float[3 * (n + (n >> 2))];
        }
        int k = Math.min(neighbours, n);
        float reach = Float.POSITIVE_INFINITY;
        for (int leaf = 0; leaf < tree.leaves(); leaf++) {
            for (int rank = tree.begin[leaf]; rank < tree.begin[leaf + 1]; rank++) {
                search.kNearestOf(tree, rank, leaf, k, reach);
                storeNormal(rank, k);
                reach = rank + 1 < n ? reachOf(rank, search.squaredDistances()[k - 1]) : reach;
            }
        }
    }

    /**
     * Square of a distance in which the next point has its k neighbours, since this one has them in
     * its own: the triangle inequality, with room for rounding.
     */
    private float reachOf(int rank, float squared) {
        float dx = tree.x[rank + 1] - tree.x[rank];
        float dy = tree.y[rank + 1] - tree.y[rank];
        float dz = tree.z[rank + 1] - tree.z[rank];
        double r = Math.sqrt(squared) + Math.sqrt(dx * dx + dy * dy + dz * dz);
        return (float) (r * r * 1.00001);
    }

    private void storeNormal(int rank, int k) {
        int[] near = search.ranks();
        double cx = tree.x[rank];
        double cy = tree.y[rank];
        double cz = tree.z[rank];
        double sx = 0;
        double sy = 0;
        double sz = 0;
        double xx = 0;
        double xy = 0;
        double xz = 0;
        double yy = 0;
        double yz = 0;
        double zz = 0;
        for (int j = 0; j < k; j++) {
            int i = near[j];
            double dx = tree.x[i] - cx;
            double dy = tree.y[i] - cy;
            double dz = tree.z[i] - cz;
            sx += dx;
            sy += dy;
            sz += dz;
            xx += dx * dx;
            xy += dx * dy;
            xz += dx * dz;
            yy += dy * dy;
            yz += dy * dz;
            zz += dz * dz;
        }
        double s = 1.0 / k;
        thin.of(
                xx - s * sx * sx,
                xy - s * sx * sy,
                xz - s * sx * sz,
                yy - s * sy * sy,
                yz - s * sy * sz,
                zz - s * sz * sz);
        normals[3 * rank] = (float) thin.x;
        normals[3 * rank + 1] = (float) thin.y;
        normals[3 * rank + 2] = (float) thin.z;
    }
}
