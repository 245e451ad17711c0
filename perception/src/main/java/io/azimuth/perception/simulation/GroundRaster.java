package io.azimuth.perception.simulation;

/**
 * Height of the ground and signed distance to the kerb on a grid of 1 m, read bilinearly: two
 * numbers of one place lie side by side, so that a ray pays one fetch however rich the ground is.
 * Written while a town is built, then only read: thread-safe.
 */
final class GroundRaster {
    static final double CELL_M = 1;

    private final double x0;
    private final double y0;
    private final int columns;
    private final int rows;
    private final float[] height;
    private final float[] kerb;

    GroundRaster(double x0, double y0, double x1, double y1) {
        this.x0 = x0;
        this.y0 = y0;
        columns = (int) Math.ceil((x1 - x0) / CELL_M) + 2;
        rows = (int) Math.ceil((y1 - y0) / CELL_M) + 2;
        height = new float[columns * rows];
        kerb = new float[columns * rows];
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    double x(int i) {
        return x0 + i * CELL_M;
    }

    double y(int j) {
        return y0 + j * CELL_M;
    }

    int column(double x) {
        return (int) Math.max(0, Math.min(columns - 2, (x - x0) / CELL_M));
    }

    int row(double y) {
        return (int) Math.max(0, Math.min(rows - 2, (y - y0) / CELL_M));
    }

    void setHeight(int i, int j, double value) {
        height[j * columns + i] = (float) value;
    }

    double height(int i, int j) {
        return height[j * columns + i];
    }

    void setKerb(int i, int j, double value) {
        kerb[j * columns + i] = (float) value;
    }

    double kerb(int i, int j) {
        return kerb[j * columns + i];
    }

    /** Height at a place, metres; beyond the grid its border goes on. */
    double height(double x, double y) {
        return read(height, x, y);
    }

    /** Signed distance to the kerb at a place, metres. */
    double kerb(double x, double y) {
        return read(kerb, x, y);
    }

    private double read(float[] field, double x, double y) {
        double g = inside((x - x0) / CELL_M, columns - 1.001);
        double h = inside((y - y0) / CELL_M, rows - 1.001);
        int i = (int) g;
        int j = (int) h;
        double a = g - i;
        double b = h - j;
        int at = j * columns + i;
        double near = field[at] + a * (field[at + 1] - field[at]);
        double far = field[at + columns] + a * (field[at + columns + 1] - field[at + columns]);
        return near + b * (far - near);
    }

    /** Clamps; branches are cheaper than the exact minimum of signed zeros. */
    private static double inside(double v, double last) {
        return v < 0 ? 0 : v > last ? last : v;
    }
}
