package io.azimuth.registration.neighbours;

import io.azimuth.perception.geometry.eigen.SymmetricEigen3;
import java.util.Arrays;

/**
 * Points summed up in cubic voxels: count, mean and the directions in which their scatter is thin.
 *
 * <p>Points are whole millimetres and sums are integers, so adding and removing are exact: the map
 * is a function of the multiset of points that it holds, whatever order they came and went in. That
 * is what lets a map that was rebuilt after a restart give the same bits as the one before.
 *
 * <p>A voxel offers a constraint matrix: the sum over its thin directions n of {@code n n^T}. A
 * flat voxel has one thin direction, a pole two. A line that does not stand upright is not used: it
 * is a single scan ring on a surface, and would pull a moving sensor back (known as locking to the
 * rings).
 *
 * <p>Not thread-safe.
 */
public final class GaussianVoxelMap {
    /** Fewer points than this say nothing about a surface. */
    public static final int MIN_POINTS = 6;

    private static final int SUMS = 9; // x y z xx xy xz yy yz zz
    private static final int SHAPE = 9; // mean (3), constraint matrix upper triangle (6)

    private final int voxelMm;
    private final double thinVariance;
    private final SymmetricEigen3 eigen = new SymmetricEigen3();

    private final VoxelTable table = new VoxelTable(1 << 12);
    private long[] keys = new long[0];
    private int[] counts = new int[0];
    private long[] sums = new long[0];
    private double[] shapes = new double[0];
    private byte[] rank = new byte[0]; // -1 stale, else number of thin directions

    /**
     * @param voxelM edge of a voxel, 0.05 .. 10 m
     * @param thinM scatter (standard deviation, metres) below which a direction counts as thin
     */
    public GaussianVoxelMap(double voxelM, double thinM) {
        if (!(voxelM >= 0.05 && voxelM <= 10)) {
            throw new IllegalArgumentException(
                    "voxel edge is " + voxelM + " m, expected 0.05 .. 10 m");
        }
        voxelMm = (int) Math.round(voxelM * 1000);
        thinVariance = thinM * thinM;
        grow(table.capacity());
    }

    public void clear() {
        table.clear();
    }

    /** Voxels that hold at least one point. */
    public int size() {
        return table.size();
    }

    /** Adds a point, millimetres, each within +-1 000 km of the origin at 1 m voxels. */
    public void add(long xMm, long yMm, long zMm) {
        int voxel = findOrCreate(key(xMm, yMm, zMm));
        accumulate(voxel, xMm, yMm, zMm, 1);
    }

    /**
     * Takes a point out again that was added before.
     *
     * @throws IllegalStateException if its voxel is empty
     */
    public void remove(long xMm, long yMm, long zMm) {
        long key = key(xMm, yMm, zMm);
        int voxel = table.find(key);
        if (voxel < 0) {
            throw new IllegalStateException("a point is removed that was never added");
        }
        accumulate(voxel, xMm, yMm, zMm, -1);
        if (counts[voxel] == 0) {
            table.release(key);
        }
    }

    /**
     * The voxel around a position in metres, or -1 if it is empty, has too few points or no thin
     * direction.
     */
    public int find(double x, double y, double z) {
        long xMm = (long) Math.floor(x * 1000);
        long yMm = (long) Math.floor(y * 1000);
        long zMm = (long) Math.floor(z * 1000);
        int voxel = table.find(key(xMm, yMm, zMm));
        if (voxel < 0 || counts[voxel] < MIN_POINTS) {
            return -1;
        }
        if (rank[voxel] < 0) {
            reshape(voxel);
        }
        return rank[voxel] > 0 ? voxel : -1;
    }

    /** Whether any point lies in the voxel around this position in metres. */
    public boolean occupied(double x, double y, double z) {
        long key =
                key(
                        (long) Math.floor(x * 1000),
                        (long) Math.floor(y * 1000),
                        (long) Math.floor(z * 1000));
        return table.find(key) >= 0;
    }

    /** Thin directions of a voxel that {@link #find} returned: 1 for a plane, 2 for a pole, 3. */
    public int thinDirections(int voxel) {
        return rank[voxel];
    }

    /**
     * Means and constraint matrices: voxel i has its mean (metres) at 9 i .. 9 i + 2 and the upper
     * triangle xx, xy, xz, yy, yz, zz at 9 i + 3 .. 9 i + 8. Valid until the map changes.
     */
    public double[] shapes() {
        return shapes;
    }

    private void accumulate(int voxel, long xMm, long yMm, long zMm, int sign) {
        long half = voxelMm / 2;
        long x = xMm - Math.floorDiv(xMm, voxelMm) * voxelMm - half;
        long y = yMm - Math.floorDiv(yMm, voxelMm) * voxelMm - half;
        long z = zMm - Math.floorDiv(zMm, voxelMm) * voxelMm - half;
        int s = SUMS * voxel;
        counts[voxel] += sign;
        sums[s] += sign * x;
        sums[s + 1] += sign * y;
        sums[s + 2] += sign * z;
        sums[s + 3] += sign * x * x;
        sums[s + 4] += sign * x * y;
        sums[s + 5] += sign * x * z;
        sums[s + 6] += sign * y * y;
        sums[s + 7] += sign * y * z;
        sums[s + 8] += sign * z * z;
        rank[voxel] = -1;
    }

    private void reshape(int voxel) {
        int s = SUMS * voxel;
        double n = counts[voxel];
        double mx = sums[s] / n;
        double my = sums[s + 1] / n;
        double mz = sums[s + 2] / n;
        double mm2 = 1e-6;
        eigen.decompose(
                mm2 * (sums[s + 3] / n - mx * mx),
                mm2 * (sums[s + 4] / n - mx * my),
                mm2 * (sums[s + 5] / n - mx * mz),
                mm2 * (sums[s + 6] / n - my * my),
                mm2 * (sums[s + 7] / n - my * mz),
                mm2 * (sums[s + 8] / n - mz * mz));
        long key = keys[voxel];
        int o = SHAPE * voxel;
        double half = voxelMm / 2;
        shapes[o] = 1e-3 * (VoxelTable.cell(key, 0) * voxelMm + half + mx);
        shapes[o + 1] = 1e-3 * (VoxelTable.cell(key, 1) * voxelMm + half + my);
        shapes[o + 2] = 1e-3 * (VoxelTable.cell(key, 2) * voxelMm + half + mz);
        rank[voxel] = (byte) constrain(o + 3);
    }

    /** Writes the constraint matrix of the decomposed scatter at {@code o}; returns its rank. */
    private int constrain(int o) {
        double[] values = eigen.values();
        double[] n = eigen.vectors();
        Arrays.fill(shapes, o, o + 6, 0);
        boolean line = values[1] <= thinVariance;
        if (values[0] > thinVariance || (line && Math.abs(n[8]) < 0.8)) {
            return 0;
        }
        int thin = line ? 2 : 1;
        for (int i = 0; i < thin; i++) {
            double x = n[3 * i];
            double y = n[3 * i + 1];
            double z = n[3 * i + 2];
            double weight = thinVariance / (thinVariance + values[i]) * 2 - 1;
            shapes[o] += weight * x * x;
            shapes[o + 1] += weight * x * y;
            shapes[o + 2] += weight * x * z;
            shapes[o + 3] += weight * y * y;
            shapes[o + 4] += weight * y * z;
            shapes[o + 5] += weight * z * z;
        }
        return thin;
    }

    private long key(long xMm, long yMm, long zMm) {
        return VoxelTable.key(
                Math.floorDiv(xMm, voxelMm),
                Math.floorDiv(yMm, voxelMm),
                Math.floorDiv(zMm, voxelMm));
    }

    /** Number of the voxel of this key, made empty if it is new. */
    private int findOrCreate(long key) {
        int voxel = table.findOrCreate(key);
        if (voxel >= 0) {
            return voxel;
        }
        voxel = ~voxel;
        if (voxel >= counts.length) {
            grow(table.capacity());
        }
        keys[voxel] = key;
        counts[voxel] = 0;
        Arrays.fill(sums, SUMS * voxel, SUMS * voxel + SUMS, 0);
        return voxel;
    }

    private void grow(int capacity) {
        keys = Arrays.copyOf(keys, capacity);
        counts = Arrays.copyOf(counts, capacity);
        sums = Arrays.copyOf(sums, SUMS * capacity);
        shapes = Arrays.copyOf(shapes, SHAPE * capacity);
        rank = Arrays.copyOf(rank, capacity);
    }
}
