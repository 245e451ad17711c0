package io.azimuth.registration.ume;

import java.util.Arrays;

/**
 * The voxel nearest to the centre of every half-metre cube within 1.5 m of one: a look-up instead
 * of a search. The answer is the nearest voxel to the cube's centre, or to a point in it where
 * {@link #near} also asks the adjacent cubes; equal distances go to the lower index.
 */
final class NearestVoxels {
    static final double REACH_M = 1.5;
    private static final double CELL_M = 0.5;
    private static final int MAX_LAYERS = 80;

    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final double minX;
    private final double minY;
    private final double minZ;
    private final int nx;
    private final int ny;
    private final int nz;
    private final int[] index;

    NearestVoxels(double[] x, double[] y, double[] z, int size) {
        this.x = x;
        this.y = y;
        this.z = z;
        minX = least(x, size) - REACH_M;
        minY = least(y, size) - REACH_M;
        minZ = least(z, size) - REACH_M;
        nx = cells(x, size, minX);
        ny = cells(y, size, minY);
        nz = Math.min(MAX_LAYERS, cells(z, size, minZ));
        index = new int[nx * ny * nz];
        Arrays.fill(index, -1);
        float[] best = new float[index.length];
        Arrays.fill(best, (float) (REACH_M * REACH_M));
        for (int i = 0; i < size; i++) {
            stamp(i, best);
        }
    }

    private static double least(double[] v, int size) {
        double min = 0;
        for (int i = 0; i < size; i++) {
            min = i == 0 ? v[0] : Math.min(min, v[i]);
        }
        return min;
    }

    private static int cells(double[] v, int size, double min) {
        double max = min;
        for (int i = 0; i < size; i++) {
            max = Math.max(max, v[i]);
        }
        return (int) ((max + REACH_M - min) / CELL_M) + 1;
    }

    private void stamp(int i, float[] best) {
        int x0 = Math.max(0, (int) ((x[i] - REACH_M - minX) / CELL_M));
        int y0 = Math.max(0, (int) ((y[i] - REACH_M - minY) / CELL_M));
        int z0 = Math.max(0, (int) ((z[i] - REACH_M - minZ) / CELL_M));
        int x1 = Math.min(nx - 1, (int) ((x[i] + REACH_M - minX) / CELL_M));
        int y1 = Math.min(ny - 1, (int) ((y[i] + REACH_M - minY) / CELL_M));
        int z1 = Math.min(nz - 1, (int) ((z[i] + REACH_M - minZ) / CELL_M));
        for (int c = z0; c <= z1; c++) {
            double dz = minZ + (c + 0.5) * CELL_M - z[i];
            for (int b = y0; b <= y1; b++) {
                double dy = minY + (b + 0.5) * CELL_M - y[i];
                double partial = dz * dz + dy * dy;
                int row = (c * ny + b) * nx;
                for (int a = x0; a <= x1; a++) {
                    double dx = minX + (a + 0.5) * CELL_M - x[i];
                    float d2 = (float) (partial + dx * dx);
                    if (d2 < best[row + a]) {
                        best[row + a] = d2;
                        index[row + a] = i;
                    }
                }
            }
        }
    }

    /** A voxel near the place, or -1 if none is within about 1.5 m. */
    int rough(double px, double py, double pz) {
        return look(
                (int) Math.floor((px - minX) / CELL_M),
                (int) Math.floor((py - minY) / CELL_M),
                (int) Math.floor((pz - minZ) / CELL_M));
    }

    /** The nearest voxel as far as the cube and its six neighbours know, or -1. */
    int near(double px, double py, double pz) {
        int a = (int) Math.floor((px - minX) / CELL_M);
        int b = (int) Math.floor((py - minY) / CELL_M);
        int c = (int) Math.floor((pz - minZ) / CELL_M);
        int best = look(a, b, c);
        best = nearer(best, look(a - 1, b, c), px, py, pz);
        best = nearer(best, look(a + 1, b, c), px, py, pz);
        best = nearer(best, look(a, b - 1, c), px, py, pz);
        best = nearer(best, look(a, b + 1, c), px, py, pz);
        best = nearer(best, look(a, b, c - 1), px, py, pz);
        return nearer(best, look(a, b, c + 1), px, py, pz);
    }

    private int nearer(int i, int j, double px, double py, double pz) {
        if (j < 0 || i == j) {
            return i;
        }
        if (i < 0) {
            return j;
        }
        double di = squared(i, px, py, pz);
        double dj = squared(j, px, py, pz);
        return dj < di || (dj == di && j < i) ? j : i;
    }

    /** Squared distance of a place to voxel i. */
    double squared(int i, double px, double py, double pz) {
        double dx = x[i] - px;
        double dy = y[i] - py;
        double dz = z[i] - pz;
        return dx * dx + dy * dy + dz * dz;
    }

    private int look(int a, int b, int c) {
        return a >= 0 && b >= 0 && c >= 0 && a < nx && b < ny && c < nz
                ? index[(c * ny + b) * nx + a]
                : -1;
    }
}
