package io.azimuth.registration.odometry;

import java.util.Arrays;

/**
 * Numbers the voxels that points fall into, in the order of their first points. One instance per
 * thread; grows to the largest sweep seen, then allocates nothing.
 */
final class VoxelThinner {
    private long[] keys = new long[1 << 12];
    private int[] cells = new int[1 << 12];
    private int size;

    /** Forgets all voxels and makes room for {@code expected} of them. */
    void clear(int expected) {
        int capacity = keys.length;
        while (capacity < 2 * expected) {
            capacity *= 2;
        }
        if (capacity > keys.length) {
            keys = new long[capacity];
            cells = new int[capacity];
        }
        Arrays.fill(keys, -1);
        size = 0;
    }

    /** The number of the voxel (x, y, z), each within +-2^20; new voxels take the next number. */
    int cell(int x, int y, int z) {
        long key =
                (long) (x + (1 << 20)) << 42 | (long) (y + (1 << 20)) << 21 | (z + (1 << 20));
        int mask = keys.length - 1;
        int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (keys[slot] != key) {
            if (keys[slot] == -1) {
                keys[slot] = key;
                cells[slot] = size;
                return size++;
            }
            slot = slot + 1 & mask;
        }
        return cells[slot];
    }

    int size() {
        return size;
    }
}
