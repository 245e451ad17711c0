package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * The mean of the points in each occupied cube of a regular grid, in the order of the cubes' keys:
 * the order of the input does not show.
 *
 * @param x,y,z means in the cloud's frame, metres; {@code size} entries
 */
record VoxelMeans(double[] x, double[] y, double[] z, int size) {
    private static final int BITS = 20;
    private static final int HALF = 1 << (BITS - 1);

    /** Points nearer than {@code minRangeM} or farther than {@code maxRangeM} are left out. */
    static VoxelMeans of(PointCloud cloud, double cellM, double minRangeM, double maxRangeM) {
        int n = cloud.size();
        int capacity = Integer.highestOneBit(Math.max(16, n)) * 4;
        long[] slots = new long[capacity];
        int[] ids = new int[capacity];
        Arrays.fill(slots, -1);
        long[] keys = new long[n];
        double[] sums = new double[4 * n];
        int voxels = 0;
        double min2 = minRangeM * minRangeM;
        double max2 = maxRangeM * maxRangeM;
        double inverse = 1 / cellM;
        float[] px = cloud.x();
        float[] py = cloud.y();
        float[] pz = cloud.z();
        for (int i = 0; i < n; i++) {
            double r2 = (double) px[i] * px[i] + (double) py[i] * py[i] + (double) pz[i] * pz[i];
            if (!(r2 > min2 && r2 < max2)) {
                continue;
            }
            long key = key(px[i] * inverse, py[i] * inverse, pz[i] * inverse);
            int slot = hash(key) & (capacity - 1);
            while (slots[slot] != key && slots[slot] != -1) {
                slot = (slot + 1) & (capacity - 1);
            }
            if (slots[slot] == -1) {
                slots[slot] = key;
                ids[slot] = voxels;
                keys[voxels++] = key;
            }
            int o = 4 * ids[slot];
            sums[o] += px[i];
            sums[o + 1] += py[i];
            sums[o + 2] += pz[i];
            sums[o + 3]++;
        }
        return inKeyOrder(keys, sums, voxels, slots, ids);
    }

    private static VoxelMeans inKeyOrder(
            long[] keys, double[] sums, int voxels, long[] slots, int[] ids) {
        Arrays.sort(keys, 0, voxels);
        double[] x = new double[voxels];
        double[] y = new double[voxels];
        double[] z = new double[voxels];
        int mask = slots.length - 1;
        for (int i = 0; i < voxels; i++) {
            int slot = hash(keys[i]) & mask;
            while (slots[slot] != keys[i]) {
                slot = (slot + 1) & mask;
            }
            int o = 4 * ids[slot];
            x[i] = sums[o] / sums[o + 3];
            y[i] = sums[o + 1] / sums[o + 3];
            z[i] = sums[o + 2] / sums[o + 3];
        }
        return new VoxelMeans(x, y, z, voxels);
    }

    private static long key(double x, double y, double z) {
        long kx = (long) Math.floor(x) + HALF;
        long ky = (long) Math.floor(y) + HALF;
        long kz = (long) Math.floor(z) + HALF;
        return (kx << (2 * BITS)) | (ky << BITS) | kz;
    }

    private static int hash(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 32);
    }
}
