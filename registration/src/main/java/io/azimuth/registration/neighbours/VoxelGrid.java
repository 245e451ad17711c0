package io.azimuth.registration.neighbours;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * Thins a cloud to the centroids of the points in each cell of a cubic grid anchored at zero,
 * {@code floor(x / leaf)}, as PCL's VoxelGrid does but for any extent. Cells come out in the order
 * in which the cloud first touches them; intensities are averaged, rings and times are dropped.
 * Buffers are reused: one instance per thread.
 */
public final class VoxelGrid {
    private final double leafM;
    private final VoxelTable table = new VoxelTable(1 << 13);
    private double[] sums = new double[0]; // x y z intensity count, five a cell

    /**
     * @param leafM edge of a cell, 1e-3 .. 1e3 m
     */
    public VoxelGrid(double leafM) {
        if (!(leafM >= 1e-3 && leafM <= 1e3)) {
            throw new IllegalArgumentException("leaf is " + leafM + " m, expected 1e-3 .. 1e3 m");
        }
        this.leafM = leafM;
    }

    /**
     * Writes the centroids into {@code out}, which is emptied first. Points that are not finite are
     * left out.
     *
     * @throws IllegalArgumentException if {@code out} is {@code in}, or a finite point lies more
     *     than 2^20 cells from zero
     */
    public void thin(PointCloud in, PointCloud out) {
        if (in == out) {
            throw new IllegalArgumentException("a cloud cannot be thinned into itself");
        }
        sum(in);
        int cells = table.size();
        out.clear();
        out.ensureCapacity(cells);
        float[] x = out.x();
        float[] y = out.y();
        float[] z = out.z();
        float[] intensity = out.intensity();
        for (int c = 0; c < cells; c++) {
            double share = 1 / sums[5 * c + 4];
            x[c] = (float) (sums[5 * c] * share);
            y[c] = (float) (sums[5 * c + 1] * share);
            z[c] = (float) (sums[5 * c + 2] * share);
            intensity[c] = (float) (sums[5 * c + 3] * share);
        }
        out.resize(cells);
    }

    private void sum(PointCloud in) {
        table.clear();
        float[] x = in.x();
        float[] y = in.y();
        float[] z = in.z();
        float[] intensity = in.intensity();
        double perLeaf = 1 / leafM;
        for (int i = 0; i < in.size(); i++) {
            double cx = Math.floor(x[i] * perLeaf);
            double cy = Math.floor(y[i] * perLeaf);
            double cz = Math.floor(z[i] * perLeaf);
            if (!(inside(cx) && inside(cy) && inside(cz))) {
                requireNotFinite(i, x[i], y[i], z[i]);
                continue;
            }
            int cell = table.findOrCreate(VoxelTable.key((long) cx, (long) cy, (long) cz));
            if (cell < 0) {
                cell = ~cell;
                open(cell);
            }
            int s = 5 * cell;
            sums[s] += x[i];
            sums[s + 1] += y[i];
            sums[s + 2] += z[i];
            sums[s + 3] += intensity[i];
            sums[s + 4]++;
        }
    }

    private void open(int cell) {
        if (5 * cell >= sums.length) {
            sums = Arrays.copyOf(sums, 5 * table.capacity());
        }
        Arrays.fill(sums, 5 * cell, 5 * cell + 5, 0);
    }

    private static boolean inside(double cell) {
        return cell >= -VoxelTable.LIMIT && cell < VoxelTable.LIMIT; // NaN fails
    }

    private void requireNotFinite(int i, float x, float y, float z) {
        if (Float.isFinite(x) && Float.isFinite(y) && Float.isFinite(z)) {
            throw new IllegalArgumentException(
                    "point %d is (%s, %s, %s), expected within %s m of zero for a leaf of %s m"
                            .formatted(i, x, y, z, VoxelTable.LIMIT * leafM, leafM));
        }
    }
}
