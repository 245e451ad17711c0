package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.KdTree;
import io.azimuth.registration.neighbours.NeighbourSearch;
import io.azimuth.registration.neighbours.SurfaceCloud;
import java.util.Arrays;

/**
 * Generalised ICP: r is the vector from the nearest target point to a source point, {@code M = (C_t
 * + R C_s R^T)^-1}. With {@code C = I - a n n^T} on both sides, n the target's normal and m the
 * turned source's, the inverse is {@code I/2 + A (n n^T + m m^T) + B (n m^T + m n^T)}, where with
 * {@code c = n m}, {@code p = a / (4 (2 - a (1 + c)))} and {@code q = a / (4 (2 - a (1 - c)))}: A =
 * p + q, B = p - q; the eigenvectors of the sum are n + m, n - m and what is normal to both. It
 * holds for zero normals too.
 *
 * <p>Source: Segal, Haehnel, Thrun, "Generalized-ICP", RSS 2009, eq. 2. The nearest point of the
 * last linearisation starts the search of the next one: same result, sooner.
 */
final class PointResiduals implements Linearisation {
    private static final double A = 1 - SurfaceCloud.THICKNESS;
    private static final int NONE = -1;

    /** Room for rounding in distances of up to 100 m. */
    private static final float ROUNDING_M = 2e-5f;

    private final NeighbourSearch search = new NeighbourSearch();
    private SurfaceCloud target = new SurfaceCloud(4);
    private SurfaceCloud source = target;
    private float maxSquared;
    private int[] nearest = new int[0]; // by rank of the source: rank in the target or NONE
    private float[] safe =
            new float[0]; // by rank: x y z of the query, squared distance it may move

    void set(SurfaceCloud target, SurfaceCloud source, double maxDistanceM) {
        this.target = target;
        this.source = source;
        maxSquared = (float) (maxDistanceM * maxDistanceM);
        if (nearest.length < source.size()) {
            nearest = new int[source.size() + source.size() / 4];
            safe = new float[4 * nearest.length];
        }
        Arrays.fill(nearest, 0, source.size(), NONE);
        Arrays.fill(safe, 0, 4 * source.size(), 0);
    }

    @Override
    public void linearise(RigidTransform pose, NormalEquations into) {
        KdTree from = source.tree();
        KdTree to = target.tree();
        float[] normals = source.normals();
        double r00 = pose.r(0, 0);
        double r01 = pose.r(0, 1);
        double r02 = pose.r(0, 2);
        double r10 = pose.r(1, 0);
        double r11 = pose.r(1, 1);
        double r12 = pose.r(1, 2);
        double r20 = pose.r(2, 0);
        double r21 = pose.r(2, 1);
        double r22 = pose.r(2, 2);
        int near = 0;
        for (int i = 0; i < from.size(); i++) {
            double sx = from.x(i);
            double sy = from.y(i);
            double sz = from.z(i);
            double ax = r00 * sx + r01 * sy + r02 * sz;
            double ay = r10 * sx + r11 * sy + r12 * sz;
            double az = r20 * sx + r21 * sy + r22 * sz;
            double px = ax + pose.tx();
            double py = ay + pose.ty();
            double pz = az + pose.tz();
            int j = nearest(to, i, (float) px, (float) py, (float) pz, near);
            if (j < 0) {
                continue;
            }
            near = j;
            double nx = normals[3 * i];
            double ny = normals[3 * i + 1];
            double nz = normals[3 * i + 2];
            addPoint(
                    into,
                    j,
                    ax,
                    ay,
                    az,
                    px - to.x(j),
                    py - to.y(j),
                    pz - to.z(j),
                    r00 * nx + r01 * ny + r02 * nz,
                    r10 * nx + r11 * ny + r12 * nz,
                    r20 * nx + r21 * ny + r22 * nz);
        }
    }

    /** Rank of the target's point nearest to the source's point i, which lies at (x, y, z) now. */
    private int nearest(KdTree to, int i, float x, float y, float z, int near) {
        int last = nearest[i];
        int o = 4 * i;
        if (last >= 0 && squared(safe[o] - x, safe[o + 1] - y, safe[o + 2] - z) < safe[o + 3]) {
            float d = squared(to.x(last) - x, to.y(last) - y, to.z(last) - z);
            return d <= maxSquared ? last : NONE;
        }
        int j = search.nearest(to, x, y, z, maxSquared, last >= 0 ? last : near);
        if (j >= 0) {
            double gap = Math.sqrt(search.secondSquared()) - Math.sqrt(search.nearestSquared());
            float room = Math.max(0, (float) (0.5 * gap) - ROUNDING_M);
            safe[o] = x;
            safe[o + 1] = y;
            safe[o + 2] = z;
            safe[o + 3] = room * room;
        }
        nearest[i] = j;
        return j;
    }

    private static float squared(float dx, float dy, float dz) {
        return dx * dx + dy * dy + dz * dz;
    }

    private void addPoint(
            NormalEquations into,
            int j,
            double ax,
            double ay,
            double az,
            double rx,
            double ry,
            double rz,
            double mx,
            double my,
            double mz) {
        float[] normals = target.normals();
        double nx = normals[3 * j];
        double ny = normals[3 * j + 1];
        double nz = normals[3 * j + 2];
        double c = nx * mx + ny * my + nz * mz;
        double p = 0.25 * A / (2 - A * (1 + c));
        double q = 0.25 * A / (2 - A * (1 - c));
        // M = I/2 + u n^T + v m^T with u = A n + B m, v = B n + A m
        double ux = (p + q) * nx + (p - q) * mx;
        double uy = (p + q) * ny + (p - q) * my;
        double uz = (p + q) * nz + (p - q) * mz;
        double vx = (p - q) * nx + (p + q) * mx;
        double vy = (p - q) * ny + (p + q) * my;
        double vz = (p - q) * nz + (p + q) * mz;
        double rn = rx * nx + ry * ny + rz * nz;
        double rm = rx * mx + ry * my + rz * mz;
        double gx = 0.5 * rx + ux * rn + vx * rm;
        double gy = 0.5 * ry + uy * rn + vy * rm;
        double gz = 0.5 * rz + uz * rn + vz * rm;
        into.matched++;
        into.inliers++;
        into.squaredInlierResiduals += rx * rx + ry * ry + rz * rz;
        into.cost += rx * gx + ry * gy + rz * gz;
        into.add(
                1,
                ax,
                ay,
                az,
                gx,
                gy,
                gz,
                0.5 + ux * nx + vx * mx,
                ux * ny + vx * my,
                ux * nz + vx * mz,
                0.5 + uy * ny + vy * my,
                uy * nz + vy * mz,
                0.5 + uz * nz + vz * mz);
    }
}
