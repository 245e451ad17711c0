package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.KdTree;
import io.azimuth.registration.neighbours.SurfaceCloud;
import io.azimuth.registration.neighbours.SurfaceVoxels;

/**
 * Voxelised generalised ICP: r is the vector from the mean of the voxel that a source point falls
 * into, {@code M = (C_v + R C_s R^T)^-1} with the voxel's mean covariance. Nothing is searched, so
 * it is several times as fast as {@link PointResiduals}, and as blind as a voxel is wide. Source:
 * Koide et al., "Voxelized GICP", ICRA 2021.
 */
final class VoxelResiduals implements Linearisation {
    private static final double A = 1 - SurfaceCloud.THICKNESS;

    private SurfaceVoxels target = new SurfaceVoxels(1);
    private SurfaceCloud source = new SurfaceCloud(4);
    private int stride = 1;

    /**
     * @param stride every stride-th point is compared: the order of the tree spreads them evenly
     */
    void set(SurfaceVoxels target, SurfaceCloud source, int stride) {
        this.target = target;
        this.source = source;
        this.stride = stride;
    }

    @Override
    public void linearise(RigidTransform pose, NormalEquations into) {
        KdTree from = source.tree();
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
        long lastKey = -1;
        int voxel = -1;
        for (int i = 0; i < from.size(); i += stride) {
            double sx = from.x(i);
            double sy = from.y(i);
            double sz = from.z(i);
            double ax = r00 * sx + r01 * sy + r02 * sz;
            double ay = r10 * sx + r11 * sy + r12 * sz;
            double az = r20 * sx + r21 * sy + r22 * sz;
            double px = ax + pose.tx();
            double py = ay + pose.ty();
            double pz = az + pose.tz();
            long key = target.key(px, py, pz);
            if (key != lastKey) { // neighbours in the tree are often neighbours in a voxel
                lastKey = key;
                voxel = target.find(key);
            }
            if (voxel < 0) {
                continue;
            }
            double nx = normals[3 * i];
            double ny = normals[3 * i + 1];
            double nz = normals[3 * i + 2];
            addPoint(
                    into,
                    9 * voxel,
                    ax,
                    ay,
                    az,
                    px,
                    py,
                    pz,
                    r00 * nx + r01 * ny + r02 * nz,
                    r10 * nx + r11 * ny + r12 * nz,
                    r20 * nx + r21 * ny + r22 * nz);
        }
    }

    private void addPoint(
            NormalEquations into,
            int o,
            double ax,
            double ay,
            double az,
            double px,
            double py,
            double pz,
            double mx,
            double my,
            double mz) {
        double[] g = target.gaussians();
        double rx = px - g[o];
        double ry = py - g[o + 1];
        double rz = pz - g[o + 2];
        double cxx = g[o + 3] + 1 - A * mx * mx;
        double cxy = g[o + 4] - A * mx * my;
        double cxz = g[o + 5] - A * mx * mz;
        double cyy = g[o + 6] + 1 - A * my * my;
        double cyz = g[o + 7] - A * my * mz;
        double czz = g[o + 8] + 1 - A * mz * mz;
        double xx = cyy * czz - cyz * cyz;
        double xy = cxz * cyz - cxy * czz;
        double xz = cxy * cyz - cxz * cyy;
        double perDet = 1 / (cxx * xx + cxy * xy + cxz * xz); // at least (2 THICKNESS)^3
        xx *= perDet;
        xy *= perDet;
        xz *= perDet;
        double yy = (cxx * czz - cxz * cxz) * perDet;
        double yz = (cxy * cxz - cxx * cyz) * perDet;
        double zz = (cxx * cyy - cxy * cxy) * perDet;
        double gx = xx * rx + xy * ry + xz * rz;
        double gy = xy * rx + yy * ry + yz * rz;
        double gz = xz * rx + yz * ry + zz * rz;
        into.matched++;
        into.inliers++;
        into.squaredInlierResiduals += rx * rx + ry * ry + rz * rz;
        into.cost += rx * gx + ry * gy + rz * gz;
        into.add(1, ax, ay, az, gx, gy, gz, xx, xy, xz, yy, yz, zz);
    }
}
