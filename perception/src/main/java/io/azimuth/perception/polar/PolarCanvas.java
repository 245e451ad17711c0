package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Draws points as 16 channels over a {@link PolarGrid}: what the polar networks read. Channels:
 *
 * <ul>
 *   <li>0-7: {@code log1p(count) / 2} of the points between the heights -2, .15, .4, .7, 1.0, 1.4,
 *       1.8, 2.5 and 4 m over the ground
 *   <li>8-11: mean, standard deviation, maximum and minimum of the height, metres
 *   <li>12: mean intensity, 0 .. 1; 13: 1 where a point is
 *   <li>14, 15: mean place within the cell along range and azimuth, -.5 .. .5
 * </ul>
 *
 * Cells without a point are 0 throughout. Sums are kept in integers (heights in millimetres), so
 * that neither the order of the points nor the way they are cut into slices changes a bit.
 *
 * <p>Use: {@link #clear()}, {@link #add} once a slice, {@link #write}. Allocates nothing once it
 * has seen the largest sweep. Not thread-safe.
 */
public final class PolarCanvas {
    public static final int CHANNELS = 16;

    private static final int SLICES = 8;
    private static final int LOWEST_MM = -2000;
    private static final int HEIGHT_RANGE_MM = 6000;
    private static final int[] SLICE_TOPS_MM = {150, 400, 700, 1000, 1400, 1800, 2500};
    private static final byte[] SLICE_OF_MM = slices();
    private static final int PARTS = 1 << 16; // of a cell's width, or of full intensity
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

    private final PolarGrid grid;
    private final int[] slotOfCell; // 0: not hit, else row of the tables + 1
    private int[] cellOfSlot = new int[1024];
    private int[] ints = new int[1024 * INTS];
    private long[] longs = new long[1024 * LONGS];
    private final float[] zeros;
    private int slots;
    private int kept;
    private int invalid;
    private int outside;

    public PolarCanvas(PolarGrid grid) {
        this.grid = grid;
        slotOfCell = new int[grid.cells()];
        zeros = new float[grid.cells()];
    }

    public PolarGrid grid() {
        return grid;
    }

    /** Floats of a tensor {@code [1, 16, azimuthBins + 2 haloRows, rangeBins]}. */
    public int length(int haloRows) {
        return CHANNELS * (grid.azimuthBins() + 2 * haloRows) * grid.rangeBins();
    }

    /** Forgets all points. */
    public void clear() {
        for (int s = 0; s < slots; s++) {
            slotOfCell[cellOfSlot[s]] = 0;
        }
        slots = 0;
        kept = 0;
        invalid = 0;
        outside = 0;
    }

    /**
     * Adds the points {@code from .. to - 1} of a cloud.
     *
     * @param polar computed from the cloud
     * @param heightM of every point over the ground, metres; a NaN drops the point
     * @throws IllegalArgumentException if the slice is not within the cloud
     */
    public void add(PointCloud cloud, PolarCoordinates polar, float[] heightM, int from, int to) {
        if (from < 0 || to < from || to > polar.size() || to > cloud.size()) {
            throw new IllegalArgumentException(
                    "slice is %d .. %d, expected within 0 .. %d"
                            .formatted(from, to, Math.min(polar.size(), cloud.size())));
        }
        float[] range = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        float[] intensity = cloud.intensity();
        int rows = grid.azimuthBins();
        int columns = grid.rangeBins();
        double start = grid.minRangeM();
        double perMetre = 1 / grid.rangeStepM();
        for (int i = from; i < to; i++) {
            double h = heightM[i];
            if (range[i] < 0 || !(Math.abs(h) < 1e6)) {
                invalid++;
                continue;
            }
            double u = (range[i] - start) * perMetre;
            int mm = (int) Math.floor(h * 1000 + 0.5) - LOWEST_MM;
            if (!(u >= 0 && u < columns && mm >= 0 && mm < HEIGHT_RANGE_MM)) {
                outside++;
                continue;
            }
            double v = (turns[i] + 0.5) * rows; // half a turn: row 0 starts at -pi
            v = v >= rows ? v - rows : v;
            int column = (int) u;
            int row = (int) v;
            int slot = slot(row * columns + column);
            count(slot, mm);
            int at = slot * LONGS;
            longs[at + INTENSITY] += parts(intensity[i]);
            longs[at + RANGE] += (int) ((u - column) * PARTS);
            longs[at + AZIMUTH] += (int) ((v - row) * PARTS);
            kept++;
        }
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

    /**
     * Writes the tensor {@code [1, 16, azimuthBins + 2 haloRows, rangeBins]} from the buffer's
     * start; its position does not matter and does not change.
     *
     * @param haloRows rows of the far end repeated before row 0, and of row 0 on after the last
     * @throws IllegalArgumentException if the buffer is too small, or the halo more than a turn
     */
    public void write(FloatBuffer out, int haloRows) {
        int rows = grid.azimuthBins();
        int columns = grid.rangeBins();
        if (haloRows < 0 || haloRows > rows) {
            throw new IllegalArgumentException(
                    "haloRows is " + haloRows + ", expected 0 .. " + rows);
        }
        int length = length(haloRows);
        if (out.capacity() < length) {
            throw new IllegalArgumentException(
                    "buffer holds %d floats, expected %d or more"
                            .formatted(out.capacity(), length));
        }
        for (int at = 0; at < length; at += zeros.length) {
            out.put(at, zeros, 0, Math.min(zeros.length, length - at));
        }
        int plane = (rows + 2 * haloRows) * columns;
        for (int slot = 0; slot < slots; slot++) {
            int cell = cellOfSlot[slot];
            int row = cell / columns;
            int at = cell + haloRows * columns;
            writeCell(out, slot, at, plane);
            if (row < haloRows) {
                writeCell(out, slot, at + rows * columns, plane);
            }
            if (row >= rows - haloRows) {
                writeCell(out, slot, at - rows * columns, plane);
            }
        }
    }

    private void writeCell(FloatBuffer out, int slot, int at, int plane) {
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

    /** Points drawn since {@link #clear()}. */
    public int kept() {
        return kept;
    }

    /** Points that were not finite, on the sensor or absurdly far. */
    public int invalid() {
        return invalid;
    }

    /** Sound points outside the grid's ranges or heights (-2 to 4 m over the ground). */
    public int outside() {
        return outside;
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
