package io.azimuth.perception.simulation;

/**
 * What every ray met, column by column, rings side by side: cell {@code column * rings + ring}. A
 * range of 0 is a ray that came to nothing. What belongs to a cell lies in one place. Reusable: a
 * sweep writes every cell.
 */
final class HitGrid {
    private static final int STRIDE = 4;

    final int rings;
    final int cells;

    /** Range, cosine, albedo and label (exact up to 2^24) of each cell. */
    private final float[] data;

    HitGrid(int columns, int rings) {
        this.rings = rings;
        cells = columns * rings;
        data = new float[cells * STRIDE];
    }

    boolean fits(int columns, int ofRings) {
        return rings == ofRings && cells == columns * ofRings;
    }

    void put(int cell, double t, double cosIncidence, double rho, int pointLabel) {
        int at = cell * STRIDE;
        data[at] = (float) t;
        data[at + 1] = (float) cosIncidence;
        data[at + 2] = (float) rho;
        data[at + 3] = pointLabel;
    }

    void putNothing(int cell) {
        data[cell * STRIDE] = 0;
    }

    float range(int cell) {
        return data[cell * STRIDE];
    }

    float cosine(int cell) {
        return data[cell * STRIDE + 1];
    }

    float albedo(int cell) {
        return data[cell * STRIDE + 2];
    }

    int label(int cell) {
        return (int) data[cell * STRIDE + 3];
    }
}
