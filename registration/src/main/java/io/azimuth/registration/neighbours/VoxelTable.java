package io.azimuth.registration.neighbours;

import java.util.Arrays;

/**
 * Numbers the occupied cells of a cubic grid: a hash table from the packed coordinates of a cell to
 * 0, 1, 2 ..., open addressing with linear probing (Knuth 6.4). Numbers of released cells are given
 * out again, the last one first. Keeps its arrays when cleared. Not thread-safe.
 */
public final class VoxelTable {
    /** What {@link #find} returns for an empty cell. */
    public static final int NONE = -1;

    /** Coordinates of a cell lie in -LIMIT .. LIMIT - 1: 21 bits each. */
    public static final int LIMIT = 1 << 20;

    private static final long FREE = -1;
    private static final long MASK = (1L << 21) - 1;

    private long[] keys; // by slot
    private int[] numbers; // by slot
    private int given; // numbers handed out, released ones included
    private int used;
    private int[] released = new int[64];
    private int releasedCount;

    /**
     * @param capacity cells that fit before the table grows; at least 1
     */
    public VoxelTable(int capacity) {
        if (capacity < 1 || capacity > 1 << 28) {
            throw new IllegalArgumentException(
                    "capacity is " + capacity + ", expected 1 .. " + (1 << 28) + " cells");
        }
        int slots = Math.max(8, Integer.highestOneBit(2 * capacity - 1) << 1);
        keys = new long[slots];
        numbers = new int[slots];
        Arrays.fill(keys, FREE);
    }

    /** The packed coordinates of a cell; those beyond {@link #LIMIT} wrap around. */
    public static long key(long cellX, long cellY, long cellZ) {
        return (cellX + LIMIT & MASK) << 42 | (cellY + LIMIT & MASK) << 21 | cellZ + LIMIT & MASK;
    }

    /** Coordinate 0 (x), 1 (y) or 2 (z) of a packed cell. */
    public static long cell(long key, int axis) {
        return (key >>> 42 - 21 * axis & MASK) - LIMIT;
    }

    /** Forgets all cells. */
    public void clear() {
        Arrays.fill(keys, FREE);
        given = 0;
        used = 0;
        releasedCount = 0;
    }

    /** Occupied cells. */
    public int size() {
        return used;
    }

    /** Numbers are below this; it grows with the table. */
    public int capacity() {
        return keys.length >> 1;
    }

    /** The number of a cell, or {@link #NONE}. */
    public int find(long key) {
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        long held = keys[slot];
        while (held != key) {
            if (held == FREE) {
                return NONE;
            }
            slot = slot + 1 & mask;
            held = keys[slot];
        }
        return numbers[slot];
    }

    /** The number of a cell; its complement {@code ~number} if the cell is new. */
    public int findOrCreate(long key) {
        int slot = slotOf(key);
        if (keys[slot] != FREE) {
            return numbers[slot];
        }
        if (2 * (used + 1) > keys.length) {
            grow();
            slot = slotOf(key);
        }
        int number = releasedCount > 0 ? released[--releasedCount] : given++;
        keys[slot] = key;
        numbers[slot] = number;
        used++;
        return ~number;
    }

    /** Occupies a cell; whether it was empty. Cheaper than its number where only that counts. */
    public boolean add(long key) {
        return keys[slotOf(key)] == FREE && findOrCreate(key) < 0;
    }

    /**
     * Frees an occupied cell and closes the gap in its probe chain (Knuth 6.4, algorithm R).
     *
     * @throws IllegalArgumentException if the cell is not occupied
     */
    public void release(long key) {
        int slot = slotOf(key);
        if (keys[slot] == FREE) {
            throw new IllegalArgumentException("cell " + key + " is released but not occupied");
        }
        if (releasedCount == released.length) {
            released = Arrays.copyOf(released, 2 * releasedCount);
        }
        released[releasedCount++] = numbers[slot];
        used--;
        closeGap(slot);
    }

    private void closeGap(int slot) {
        int mask = keys.length - 1;
        int gap = slot;
        int next = slot + 1 & mask;
        while (keys[next] != FREE) {
            int home = hash(keys[next]) & mask;
            boolean stays = gap <= next ? gap < home && home <= next : gap < home || home <= next;
            if (!stays) {
                keys[gap] = keys[next];
                numbers[gap] = numbers[next];
                gap = next;
            }
            next = next + 1 & mask;
        }
        keys[gap] = FREE;
    }

    private int slotOf(long key) {
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static int hash(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        return (int) (h ^ h >>> 32);
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[2 * oldKeys.length];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}
