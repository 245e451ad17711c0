package io.azimuth.perception.simulation;

/**
 * What every ray met: rings of a slot side by side, so that neighbours in the image are neighbours
 * here. A range of 0 is a ray that came to nothing.
 */
final class HitGrid {
    final int rings;
    final int slots;
    final float[] range;
    final float[] cosine;
    final float[] albedo;
    final int[] label;

    HitGrid(int slots, int rings) {
        this.slots = slots;
        this.rings = rings;
        range = new float[slots * rings];
        cosine = new float[slots * rings];
        albedo = new float[slots * rings];
        label = new int[slots * rings];
    }

    void put(int cell, double t, double cosIncidence, double rho, int pointLabel) {
        range[cell] = (float) t;
        cosine[cell] = (float) cosIncidence;
        albedo[cell] = (float) rho;
        label[cell] = pointLabel;
    }
}
