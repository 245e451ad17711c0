package io.azimuth.perception.geometry;

/**
 * How far beyond a box its crop reaches, for the networks' training sets and the stream alike: by
 * 10 % of each extent, half of it at each face, and by 0.2 m at each face at least, so that a box a
 * little off or too small loses nothing.
 */
public final class CropBounds {
    private static final double GROWTH = 0.1;
    private static final double LEAST_MARGIN_M = 0.2;

    private CropBounds() {}

    /**
     * Half of the extent that a crop has, by that of its box.
     *
     * @param extentM length, width or height of the box, metres
     */
    public static double grownHalf(double extentM) {
        return 0.5 * extentM + Math.max(0.5 * GROWTH * extentM, LEAST_MARGIN_M);
    }
}
