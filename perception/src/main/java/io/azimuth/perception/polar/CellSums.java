package io.azimuth.perception.polar;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The sums of the points of every cell that was hit, and the 16 channels drawn from them (see
 * {@link PolarCanvas}): what canvases of all shapes of cells share. Sums are kept in integers, so
 * that the order of the points changes no bit. Allocates nothing once it has seen the fullest
 * sweep. Not thread-safe.
 */
final class CellSums {
    /** Parts of a cell's width, or of full intensity. */
    static final int PARTS = 1 << 16;

    static final int CHANNELS = 16;

    private static final int SLICES = 8;
    private static final int LOWEST_MM = -2000;
    private static final int HEIGHT_RANGE_MM = 6000;
    private static final int[] SLICE_TOPS_MM = {150, 400, 700, 1000, 1400, 1800, 2500};
    private static final byte[] SLICE_OF_MM = slices();
    private static final float[] LOG_COUNT = logarithms();

    // columns of the two tables of sums, one row a cell that was hit
    private static final int MIN = SLICES;
    private static final int MAX = SLICES + 1;
    private static final int INTS = SLICES + 2;
    private static final int HEIGHT = 0;
    private static final int SQUARE = 1;
    private static final int INTENSITY = 2;
    private static final int RANGE = 3;
    private static final int AZIMUTH = 4;
    private static final int LONGS = 5;

    private final int[] slotOfCell; // 0: not hit, else row of the tables + 1
    private int[] cellOfSlot = new int[1024];
    private int[] ints = new int[1024 * INTS];
    private long[] longs = new long[1024 * LONGS];
    private int slots;

    CellSums(int cells) {
        slotOfCell = new int[cells];
    }

    /** Forgets all points. */
    void clear() {
        for (int s = 0; s < slots; s++) {
            slotOfCell[cellOfSlot[s]] = 0;
        }
        slots = 0;
    }

    /**
     * Cells hit; they have the slots {@code 0 .. slots - 1}, in the order of their first points.
     */
    int slots() {
        return slots;
    }

    /** The cell of a slot. */
    int cell(int slot) {
        return cellOfSlot[slot];
    }

    /** Millimetres over the lowest height that is drawn; negative where a height is not. */
    static int millimetres(double heightM) {
        int mm = (int) Math.floor(heightM * 1000 + 0.5) - LOWEST_MM;
        return mm < HEIGHT_RANGE_MM ? mm : -1;
    }

    /**
     * Adds a point.
     *
     * @param mm of {@link #millimetres}, 0 or more
     * @param u place within the cell along its first axis, 0 .. {@link #PARTS}
     * @param v along its second
     */
    void add(int cell, int mm, float intensity, int u, int v) {
        int slot = slot(cell);
        count(slot, mm);
        int at = slot * LONGS;
        longs[at + INTENSITY] += parts(intensity);
        longs[at + RANGE] += u;
        longs[at + AZIMUTH] += v;
    }

    private int slot(int cell) {
        int known = slotOfCell[cell];
        if (known > 0) {
            return known - 1;
        }
        if (slots == cellOfSlot.length) {
            int grown = 2 * slots;
            cellOfSlot = Arrays.copyOf(cellOfSlot, grown);
            ints = Arrays.copyOf(ints, grown * INTS);
            longs = Arrays.copyOf(longs, grown * LONGS);
        }
        int slot = slots++;
        slotOfCell[cell] = slot + 1;
        cellOfSlot[slot] = cell;
        Arrays.fill(ints, slot * INTS, slot * INTS + INTS, 0);
        ints[slot * INTS + MIN] = Integer.MAX_VALUE;
        Arrays.fill(longs, slot * LONGS, slot * LONGS + LONGS, 0);
        return slot;
    }

    private void count(int slot, int mm) {
        int at = slot * INTS;
        ints[at + SLICE_OF_MM[mm]]++;
        ints[at + MIN] = Math.min(ints[at + MIN], mm);
        ints[at + MAX] = Math.max(ints[at + MAX], mm);
        longs[slot * LONGS + HEIGHT] += mm;
        longs[slot * LONGS + SQUARE] += (long) mm * mm;
    }

    private static int parts(float share) {
        // written so that NaN counts as dark
        return share > 0 ? (int) (Math.min(share, 1f) * (PARTS - 1) + 0.5f) : 0;
    }

    /** Writes a slot's channels, {@code plane} floats apart, from {@code at} on. */
    void write(FloatBuffer out, int slot, int at, int plane) {
        int i = slot * INTS;
        int n = 0;
        for (int s = 0; s < SLICES; s++) {
            int count = ints[i + s];
            if (count > 0) {
                out.put(at + s * plane, logarithm(count));
                n += count;
            }
        }
        int l = slot * LONGS;
        double mean = (double) longs[l + HEIGHT] / n;
        double spread = (double) longs[l + SQUARE] / n - mean * mean;
        out.put(at + 8 * plane, (float) ((mean + LOWEST_MM) / 1000));
        out.put(at + 9 * plane, (float) (Math.sqrt(Math.max(0, spread)) / 1000));
        out.put(at + 10 * plane, (ints[i + MAX] + LOWEST_MM) / 1000f);
        out.put(at + 11 * plane, (ints[i + MIN] + LOWEST_MM) / 1000f);
        out.put(at + 12 * plane, (float) ((double) longs[l + INTENSITY] / n / (PARTS - 1)));
        out.put(at + 13 * plane, 1f);
        out.put(at + 14 * plane, offset(longs[l + RANGE], n));
        out.put(at + 15 * plane, offset(longs[l + AZIMUTH], n));
    }

    /** Mean of places that were cut off to whole parts: half a part is added back. */
    private static float offset(long sum, int n) {
        return (float) (((double) sum / n + 0.5) / PARTS - 0.5);
    }

    private static float logarithm(int count) {
        return count < LOG_COUNT.length ? LOG_COUNT[count] : (float) (StrictMath.log1p(count) / 2);
    }

    private static byte[] slices() {
        byte[] of = new byte[HEIGHT_RANGE_MM];
        for (int mm = 0; mm < HEIGHT_RANGE_MM; mm++) {
            byte s = 0;
            while (s < SLICE_TOPS_MM.length && mm + LOWEST_MM >= SLICE_TOPS_MM[s]) {
                s++;
            }
            of[mm] = s;
        }
        return of;
    }

    private static float[] logarithms() {
        float[] of = new float[1024];
        for (int n = 0; n < of.length; n++) {
            of[n] = (float) (StrictMath.log1p(n) / 2);
        }
        return of;
    }
}
