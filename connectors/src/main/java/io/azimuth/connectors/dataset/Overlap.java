package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Arrays;

/**
 * Overlap of two scans under a transform: the share of the source's voxels of 0.3 m whose centre
 * has a centre of a target voxel nearer than 0.6 m. Voxels are the cells of a grid in each scan's
 * own frame, their centres the cells' centres. Source: the overlap that the pair profiles are
 * defined by. Stateless.
 */
final class Overlap {
    static final double VOXEL_M = 0.3;
    static final double REACH_M = 0.6;

    private static final int CELLS = 3;
    private static final long NONE = Long.MIN_VALUE;
    private static final int BITS = 21;
    private static final int HALF = 1 << (BITS - 1);

    private Overlap() {}

    /**
     * @param target points without ground, x y z by turns, metres
     * @param source the same
     * @return 0 if the source is empty
     */
    static double share(float[] target, float[] source, RigidTransform targetFromSource) {
        long[] cells = distinct(source);
        if (cells.length == 0) {
            return 0;
        }
        long[] table = table(distinct(target));
        int near = 0;
        for (long key : cells) {
            double x = centre(key >> 2 * BITS);
            double y = centre(key >> BITS);
            double z = centre(key);
            if (isNear(
                    table,
                    targetFromSource.mapX(x, y, z),
                    targetFromSource.mapY(x, y, z),
                    targetFromSource.mapZ(x, y, z))) {
                near++;
            }
        }
        return (double) near / cells.length;
    }

    private static boolean isNear(long[] table, double x, double y, double z) {
        int cx = cell(x);
        int cy = cell(y);
        int cz = cell(z);
        if (contains(table, key(cx, cy, cz))) {
            return true;
        }
        for (int i = cx - CELLS; i <= cx + CELLS; i++) {
            double dx = x - (i + 0.5) * VOXEL_M;
            for (int j = cy - CELLS; j <= cy + CELLS; j++) {
                double dy = y - (j + 0.5) * VOXEL_M;
                double flat = dx * dx + dy * dy;
                if (flat >= REACH_M * REACH_M) {
                    continue;
                }
                for (int k = cz - CELLS; k <= cz + CELLS; k++) {
                    double dz = z - (k + 0.5) * VOXEL_M;
                    if (flat + dz * dz < REACH_M * REACH_M && contains(table, key(i, j, k))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static long[] distinct(float[] xyz) {
        long[] keys = new long[xyz.length / 3];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(cell(xyz[3 * i]), cell(xyz[3 * i + 1]), cell(xyz[3 * i + 2]));
        }
        Arrays.sort(keys);
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                keys[n++] = keys[i];
            }
        }
        return Arrays.copyOf(keys, n);
    }

    private static int cell(double metres) {
        return (int) Math.floor(metres / VOXEL_M);
    }

    private static long key(int x, int y, int z) {
        return (long) (x + HALF) << 2 * BITS | (long) (y + HALF) << BITS | (z + HALF);
    }

    private static double centre(long shifted) {
        return ((shifted & (2 * HALF - 1)) - HALF + 0.5) * VOXEL_M;
    }

    private static long[] table(long[] keys) {
        long[] table = new long[Integer.highestOneBit(4 * keys.length + 15)];
        Arrays.fill(table, NONE);
        for (long key : keys) {
            int at = slot(table, key);
            while (table[at] != NONE) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = key;
        }
        return table;
    }

    private static boolean contains(long[] table, long key) {
        for (int at = slot(table, key); table[at] != NONE; at = (at + 1) & (table.length - 1)) {
            if (table[at] == key) {
                return true;
            }
        }
        return false;
    }

    private static int slot(long[] table, long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 40) & (table.length - 1);
    }
}
