package io.azimuth.registration.neighbours;

import java.util.Arrays;

/**
 * A {@link SurfaceCloud} summed up in cubic voxels: the mean of the points and the mean of their
 * covariances, {@code I - (1 - THICKNESS) mean(n n^T)}. Source: Koide, Yokozuka, Oishi, Banno,
 * "Voxelized GICP for fast and accurate 3D point cloud registration", ICRA 2021, eq. 14-15.
 *
 * <p>Coordinates are relative to the cloud's origin, and so is the grid. {@link #load} keeps the
 * arrays of the last cloud. One writer; what was loaded may be read by many threads.
 */
public final class SurfaceVoxels {
    private static final int STRIDE = 9; // mean (3), covariance upper triangle (6)

    private final double perVoxel;
    private final VoxelTable table = new VoxelTable(1 << 11);
    private double[] gaussians = new double[0];
    private int[] counts = new int[0];

    /**
     * @param voxelM edge of a voxel, 0.05 .. 50 m
     */
    public SurfaceVoxels(double voxelM) {
        if (!(voxelM >= 0.05 && voxelM <= 50)) {
            throw new IllegalArgumentException(
                    "voxel edge is " + voxelM + " m, expected 0.05 .. 50 m");
        }
        perVoxel = 1 / voxelM;
    }

    /**
     * Takes in a cloud.
     *
     * @throws IllegalArgumentException if it extends over more than 2^20 voxels to a side
     */
    public void load(SurfaceCloud cloud) {
        table.clear();
        KdTree tree = cloud.tree();
        float[] normals = cloud.normals();
        for (int i = 0; i < tree.size(); i++) {
            int voxel = voxelOf(tree.x[i], tree.y[i], tree.z[i]);
            int o = STRIDE * voxel;
            double nx = normals[3 * i];
            double ny = normals[3 * i + 1];
            double nz = normals[3 * i + 2];
            gaussians[o] += tree.x[i];
            gaussians[o + 1] += tree.y[i];
            gaussians[o + 2] += tree.z[i];
            gaussians[o + 3] += nx * nx;
            gaussians[o + 4] += nx * ny;
            gaussians[o + 5] += nx * nz;
            gaussians[o + 6] += ny * ny;
            gaussians[o + 7] += ny * nz;
            gaussians[o + 8] += nz * nz;
            counts[voxel]++;
        }
        for (int voxel = 0; voxel < table.size(); voxel++) {
            conclude(voxel);
        }
    }

    /** Occupied voxels. */
    public int size() {
        return table.size();
    }

    /** Key of the voxel around a position relative to the cloud's origin, or -1 if out of reach. */
    public long key(double x, double y, double z) {
        double cx = Math.floor(x * perVoxel);
        double cy = Math.floor(y * perVoxel);
        double cz = Math.floor(z * perVoxel);
        return inside(cx, cy, cz) ? VoxelTable.key((int) cx, (int) cy, (int) cz) : -1;
    }

    /** The voxel of a key, or -1 if it is empty. */
    public int find(long key) {
        return key < 0 ? VoxelTable.NONE : table.find(key);
    }

    /**
     * Means and covariances: voxel i has its mean (metres, relative to the origin) at 9 i .. 9 i +
     * 2 and the upper triangle xx, xy, xz, yy, yz, zz of its covariance at 9 i + 3 .. 9 i + 8.
     * Valid until the next load.
     */
    public double[] gaussians() {
        return gaussians;
    }

    private int voxelOf(float x, float y, float z) {
        long key = key(x, y, z);
        if (key < 0) {
            throw new IllegalArgumentException(
                    "a point lies at (%s, %s, %s) from the cloud's middle, expected within 2^20 voxels of %s m"
                            .formatted(x, y, z, 1 / perVoxel));
        }
        int voxel = table.findOrCreate(key);
        return voxel >= 0 ? voxel : opened(~voxel);
    }

    private int opened(int voxel) {
        if (voxel >= counts.length) {
            counts = Arrays.copyOf(counts, table.capacity());
            gaussians = Arrays.copyOf(gaussians, STRIDE * table.capacity());
        }
        counts[voxel] = 0;
        Arrays.fill(gaussians, STRIDE * voxel, STRIDE * voxel + STRIDE, 0);
        return voxel;
    }

    private void conclude(int voxel) {
        int o = STRIDE * voxel;
        double share = 1.0 / counts[voxel];
        double thin = -(1 - SurfaceCloud.THICKNESS) * share;
        for (int k = 0; k < 3; k++) {
            gaussians[o + k] *= share;
        }
        for (int k = 3; k < STRIDE; k++) {
            gaussians[o + k] *= thin;
        }
        gaussians[o + 3] += 1;
        gaussians[o + 6] += 1;
        gaussians[o + 8] += 1;
    }

    private static boolean inside(double cx, double cy, double cz) {
        return inside(cx) && inside(cy) && inside(cz);
    }

    private static boolean inside(double cell) {
        return cell >= -VoxelTable.LIMIT && cell < VoxelTable.LIMIT; // NaN fails
    }
}
