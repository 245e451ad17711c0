package io.azimuth.registration.neighbours;

import java.util.Arrays;

/**
 * A hash of cubic voxels, each holding count, mean and covariance of the points in it.
 *
 * <p>Points are whole millimetres and the sums are integers, so adding and removing are exact and
 * the map depends only on <em>which</em> points it holds, never on the order they came and went in:
 * a map rebuilt from its points equals the old one bit for bit.
 *
 * <p>Of each voxel a registration wants an information matrix. In the eigen-directions of the
 * covariance (eigenvalue l) it is {@code s^2 / (l + s^2) * max(0, 1 - l / (L^2/12))}: full weight
 * across a surface, none along directions that the points fill (L^2/12 is the variance of a filled
 * edge L), so that the sampling pattern of the sensor is not mistaken for structure. It has no
 * unit: {@code r^T info r} is in m^2. After point-to-distribution matching (Biber, Strasser 2003;
 * Koide et al. 2021, VGICP); the fill factor is ours.
 *
 * <p>Not thread-safe: derived values are computed when first asked for.
 */
public final class GaussianVoxelMap {
    /** Coordinates that the key can hold, in voxels from the origin. */
    private static final int REACH = 1 << 20;

    private static final long EMPTY = -1;
    private static final int SUMS = 9;
    private static final int GAUSSIAN = 9;

    private final int voxelMm;
    private final int minPoints;
    private final double noise2;
    private final double filled2;
    private final SymmetricEigen3 eigen = new SymmetricEigen3();

    private long[] keys;
    private int[] counts;
    private long[] sums; // x y z xx xy xz yy yz zz, mm relative to the voxel's corner
    private boolean[] fresh; // whether the Gaussian below is up to date
    private double[] gaussians; // mean x y z (m), information xx xy xz yy yz zz
    private int used;

    /**
     * @param voxelM edge, metres, 0.05 .. 10, rounded to whole millimetres
     * @param minPoints a voxel with fewer points is not found; at least 3
     * @param noiseM spread s of a perfect surface, metres
     */
    public GaussianVoxelMap(double voxelM, int minPoints, double noiseM) {
        if (!(voxelM >= 0.05 && voxelM <= 10)) {
            throw new IllegalArgumentException(
                    "voxel edge is " + voxelM + " m, expected 0.05 .. 10 m");
        }
        if (minPoints < 3) {
            throw new IllegalArgumentException(
                    "minPoints is " + minPoints + ", expected 3 or more");
        }
        if (!(noiseM > 0)) {
            throw new IllegalArgumentException("noise is " + noiseM + " m, expected more than 0");
        }
        this.voxelMm = (int) Math.round(voxelM * 1000);
        this.minPoints = minPoints;
        this.noise2 = noiseM * noiseM;
        this.filled2 = voxelM * voxelM / 12;
        allocate(1 << 12);
        clear();
    }

    /** Removes all points; keeps the arrays. */
    public void clear() {
        Arrays.fill(keys, EMPTY);
        Arrays.fill(counts, 0);
        Arrays.fill(fresh, false);
        Arrays.fill(sums, 0);
        used = 0;
    }

    /** Adds a point given in millimetres. Points beyond a million voxels are ignored. */
    public void add(int xMm, int yMm, int zMm) {
        change(xMm, yMm, zMm, 1);
    }

    /** Removes a point that was added before with the same millimetres. */
    public void remove(int xMm, int yMm, int zMm) {
        change(xMm, yMm, zMm, -1);
    }

    /**
     * The voxel to compare a point with: of the eight voxels around it (its own and those that it
     * is nearest to) the one whose mean is nearest; ties go to the first in a fixed order.
     *
     * @return a slot for {@link #gaussian}, valid until the map changes, or -1 if all eight hold
     *     too few points
     */
    public int nearest(double x, double y, double z) {
        double scale = 1000.0 / voxelMm;
        double limit = REACH - 2;
        double ux = x * scale;
        double uy = y * scale;
        double uz = z * scale;
        if (!(Math.abs(ux) < limit && Math.abs(uy) < limit && Math.abs(uz) < limit)) {
            return -1; // NaN too
        }
        int vx = floor(ux - 0.5);
        int vy = floor(uy - 0.5);
        int vz = floor(uz - 0.5);
        int best = -1;
        double bestDistance2 = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 8; i++) {
            int slot = find(key(vx + (i & 1), vy + (i >> 1 & 1), vz + (i >> 2)));
            if (slot < 0 || counts[slot] < minPoints) {
                continue;
            }
            refresh(slot);
            int g = GAUSSIAN * slot;
            double dx = x - gaussians[g];
            double dy = y - gaussians[g + 1];
            double dz = z - gaussians[g + 2];
            double distance2 = dx * dx + dy * dy + dz * dz;
            if (distance2 < bestDistance2) {
                bestDistance2 = distance2;
                best = slot;
            }
        }
        return best;
    }

    /** The voxel that holds the point, or -1 if it holds too few points. */
    public int containing(double x, double y, double z) {
        double scale = 1000.0 / voxelMm;
        double limit = REACH - 2;
        double ux = x * scale;
        double uy = y * scale;
        double uz = z * scale;
        if (!(Math.abs(ux) < limit && Math.abs(uy) < limit && Math.abs(uz) < limit)) {
            return -1;
        }
        int slot = find(key(floor(ux), floor(uy), floor(uz)));
        if (slot < 0 || counts[slot] < minPoints) {
            return -1;
        }
        refresh(slot);
        return slot;
    }

    /**
     * Copies a voxel's Gaussian: mean x, y, z in metres, then the information's upper triangle xx,
     * xy, xz, yy, yz, zz.
     *
     * @param out 9 numbers
     */
    public void gaussian(int slot, double[] out) {
        System.arraycopy(gaussians, GAUSSIAN * slot, out, 0, GAUSSIAN);
    }

    /** How many points the voxel of the slot holds. */
    public int count(int slot) {
        return counts[slot];
    }

    /** Number of voxels with at least one point. */
    public int voxels() {
        int n = 0;
        for (int c : counts) {
            n += c > 0 ? 1 : 0;
        }
        return n;
    }

    private void change(int xMm, int yMm, int zMm, int sign) {
        int vx = Math.floorDiv(xMm, voxelMm);
        int vy = Math.floorDiv(yMm, voxelMm);
        int vz = Math.floorDiv(zMm, voxelMm);
        if (Math.abs(vx) >= REACH - 2 || Math.abs(vy) >= REACH - 2 || Math.abs(vz) >= REACH - 2) {
            return;
        }
        int slot = findOrInsert(key(vx, vy, vz));
        long x = xMm - vx * voxelMm;
        long y = yMm - vy * voxelMm;
        long z = zMm - vz * voxelMm;
        int s = SUMS * slot;
        sums[s] += sign * x;
        sums[s + 1] += sign * y;
        sums[s + 2] += sign * z;
        sums[s + 3] += sign * x * x;
        sums[s + 4] += sign * x * y;
        sums[s + 5] += sign * x * z;
        sums[s + 6] += sign * y * y;
        sums[s + 7] += sign * y * z;
        sums[s + 8] += sign * z * z;
        counts[slot] += sign;
        fresh[slot] = false;
    }

    private void refresh(int slot) {
        if (fresh[slot]) {
            return;
        }
        fresh[slot] = true;
        int s = SUMS * slot;
        int g = GAUSSIAN * slot;
        double n = counts[slot];
        double mx = sums[s] / n;
        double my = sums[s + 1] / n;
        double mz = sums[s + 2] / n;
        long key = keys[slot];
        gaussians[g] = ((double) coordinate(key, 42) * voxelMm + mx) * 1e-3;
        gaussians[g + 1] = ((double) coordinate(key, 21) * voxelMm + my) * 1e-3;
        gaussians[g + 2] = ((double) coordinate(key, 0) * voxelMm + mz) * 1e-3;
        double scale = 1e-6 / (n - 1);
        eigen.decompose(
                (sums[s + 3] - n * mx * mx) * scale,
                (sums[s + 4] - n * mx * my) * scale,
                (sums[s + 5] - n * mx * mz) * scale,
                (sums[s + 6] - n * my * my) * scale,
                (sums[s + 7] - n * my * mz) * scale,
                (sums[s + 8] - n * mz * mz) * scale);
        Arrays.fill(gaussians, g + 3, g + GAUSSIAN, 0);
        for (int k = 0; k < 3; k++) {
            addDirection(g + 3, k);
        }
    }

    private void addDirection(int at, int k) {
        double variance = Math.max(0, eigen.value(k));
        double weight = noise2 / (variance + noise2) * Math.max(0, 1 - variance / filled2);
        double x = eigen.vector(0, k);
        double y = eigen.vector(1, k);
        double z = eigen.vector(2, k);
        gaussians[at] += weight * x * x;
        gaussians[at + 1] += weight * x * y;
        gaussians[at + 2] += weight * x * z;
        gaussians[at + 3] += weight * y * y;
        gaussians[at + 4] += weight * y * z;
        gaussians[at + 5] += weight * z * z;
    }

    private int find(long key) {
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        while (true) {
            long found = keys[slot];
            if (found == key) {
                return slot;
            }
            if (found == EMPTY) {
                return -1;
            }
            slot = slot + 1 & mask;
        }
    }

    private int findOrInsert(long key) {
        int slot = find(key);
        if (slot >= 0) {
            return slot;
        }
        if (2 * (used + 1) > keys.length) {
            rehash();
        }
        slot = freeSlot(key);
        keys[slot] = key;
        used++;
        return slot;
    }

    private int freeSlot(long key) {
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        while (keys[slot] != EMPTY) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Drops voxels that lost all their points, and grows if that did not make room enough. */
    private void rehash() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        long[] oldSums = sums;
        int live = voxels();
        allocate(4 * live > keys.length ? 2 * keys.length : keys.length);
        Arrays.fill(keys, EMPTY);
        used = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] > 0) {
                int slot = freeSlot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
                System.arraycopy(oldSums, SUMS * i, sums, SUMS * slot, SUMS);
                used++;
            }
        }
    }

    private void allocate(int capacity) {
        keys = new long[capacity];
        counts = new int[capacity];
        sums = new long[SUMS * capacity];
        fresh = new boolean[capacity];
        gaussians = new double[GAUSSIAN * capacity];
    }

    private static long key(int vx, int vy, int vz) {
        return (long) (vx + REACH) << 42 | (long) (vy + REACH) << 21 | (vz + REACH);
    }

    private static int coordinate(long key, int shift) {
        return (int) (key >>> shift & (2 * REACH - 1)) - REACH;
    }

    private static int hash(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 32);
    }

    private static int floor(double v) {
        int i = (int) v;
        return v < i ? i - 1 : i;
    }
}
