package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.nio.FloatBuffer;

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
public final class PolarCanvas implements Canvas {
    public static final int CHANNELS = CellSums.CHANNELS;

    private static final int PARTS = CellSums.PARTS;

    private final PolarGrid grid;
    private final CellSums sums;
    private final float[] zeros;
    private int kept;
    private int invalid;
    private int outside;

    public PolarCanvas(PolarGrid grid) {
        this.grid = grid;
        sums = new CellSums(grid.cells());
        zeros = new float[grid.cells()];
    }

    public PolarGrid grid() {
        return grid;
    }

    /** Floats of a tensor {@code [1, 16, azimuthBins + 2 haloRows, rangeBins]}. */
    public int length(int haloRows) {
        return CHANNELS * (grid.azimuthBins() + 2 * haloRows) * grid.rangeBins();
    }

    @Override
    public int cells() {
        return grid.cells();
    }

    @Override
    public void clear() {
        sums.clear();
        kept = 0;
        invalid = 0;
        outside = 0;
    }

    @Override
    public void add(PointCloud cloud, PolarCoordinates polar, float[] heightM, int from, int to) {
        if (from < 0 || to < from || to > polar.size() || to > cloud.size()) {
            throw new IllegalArgumentException(
                    "slice is %d .. %d, expected within 0 .. %d"
                            .formatted(from, to, Math.min(polar.size(), cloud.size())));
        }
        float[] range = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        float[] intensity = cloud.intensity();
        CellSums into = sums;
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
            int mm = CellSums.millimetres(h);
            if (!(u >= 0 && u < columns && mm >= 0)) {
                outside++;
                continue;
            }
            double v = (turns[i] + 0.5) * rows; // half a turn: row 0 starts at -pi
            v = v >= rows ? v - rows : v;
            int column = (int) u;
            int row = (int) v;
            int parts = (int) ((u - column) * PARTS);
            into.add(row * columns + column, mm, intensity[i], parts, (int) ((v - row) * PARTS));
            kept++;
        }
    }

    @Override
    public void write(FloatBuffer out) {
        write(out, 0);
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
        int slots = sums.slots();
        for (int slot = 0; slot < slots; slot++) {
            int cell = sums.cell(slot);
            int row = cell / columns;
            int at = cell + haloRows * columns;
            sums.write(out, slot, at, plane);
            if (row < haloRows) {
                sums.write(out, slot, at + rows * columns, plane);
            }
            if (row >= rows - haloRows) {
                sums.write(out, slot, at - rows * columns, plane);
            }
        }
    }

    @Override
    public int kept() {
        return kept;
    }

    @Override
    public int invalid() {
        return invalid;
    }

    @Override
    public int outside() {
        return outside;
    }
}
