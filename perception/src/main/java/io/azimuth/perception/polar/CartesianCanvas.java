package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.nio.FloatBuffer;

/**
 * The channels of {@link PolarCanvas} over a square of square cells about the sensor: what a
 * network of pillars reads, to compare polar cells with on the same points. Row 0 starts at {@code
 * x = -side / 2 * stepM}, column 0 at that {@code y}; channel 14 is the mean place within the cell
 * along x, channel 15 along y. No detector of the engine draws it. Not thread-safe.
 */
public final class CartesianCanvas implements Canvas {
    private final int side;
    private final double stepM;
    private final double minRangeM;
    private final CellSums sums;
    private final float[] zeros;
    private int kept;
    private int invalid;
    private int outside;

    /**
     * @param side cells along x and along y, 16 .. 4096
     * @param stepM width of a cell, metres, .01 .. 10
     * @param minRangeM points nearer than that are left out, as on a polar canvas
     */
    public CartesianCanvas(int side, double stepM, double minRangeM) {
        if (side < 16 || side > 4096) {
            throw new IllegalArgumentException("side is " + side + ", expected 16 .. 4096");
        }
        if (!(stepM >= 0.01 && stepM <= 10)) {
            throw new IllegalArgumentException("stepM is " + stepM + ", expected .01 .. 10");
        }
        if (!(minRangeM >= 0)) {
            throw new IllegalArgumentException(
                    "minRangeM is " + minRangeM + ", expected 0 or more");
        }
        this.side = side;
        this.stepM = stepM;
        this.minRangeM = minRangeM;
        sums = new CellSums(side * side);
        zeros = new float[side * side];
    }

    /**
     * 384 x 384 cells of 0.35 m, from 2 m on: as many metres and nearly as many cells as nano's.
     */
    public static CartesianCanvas likeNano() {
        return new CartesianCanvas(384, 0.35, 2);
    }

    public int side() {
        return side;
    }

    public double stepM() {
        return stepM;
    }

    public double minRangeM() {
        return minRangeM;
    }

    @Override
    public int cells() {
        return side * side;
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
        double half = side / 2.0;
        for (int i = from; i < to; i++) {
            double h = heightM[i];
            if (range[i] < 0 || !(Math.abs(h) < 1e6)) {
                invalid++;
                continue;
            }
            double u = cloud.x()[i] / stepM + half;
            double v = cloud.y()[i] / stepM + half;
            int mm = CellSums.millimetres(h);
            boolean within = u >= 0 && u < side && v >= 0 && v < side;
            if (!within || mm < 0 || range[i] < minRangeM || range[i] >= half * stepM) {
                outside++;
                continue;
            }
            int row = (int) u;
            int column = (int) v;
            sums.add(
                    row * side + column,
                    mm,
                    cloud.intensity()[i],
                    (int) ((u - row) * CellSums.PARTS),
                    (int) ((v - column) * CellSums.PARTS));
            kept++;
        }
    }

    @Override
    public void write(FloatBuffer out) {
        int plane = cells();
        if (out.capacity() < CellSums.CHANNELS * plane) {
            throw new IllegalArgumentException(
                    "buffer holds %d floats, expected %d or more"
                            .formatted(out.capacity(), CellSums.CHANNELS * plane));
        }
        for (int c = 0; c < CellSums.CHANNELS; c++) {
            out.put(c * plane, zeros, 0, plane);
        }
        int slots = sums.slots();
        for (int slot = 0; slot < slots; slot++) {
            sums.write(out, slot, sums.cell(slot), plane);
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
