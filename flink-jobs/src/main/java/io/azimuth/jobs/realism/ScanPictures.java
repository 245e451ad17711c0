package io.azimuth.jobs.realism;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Pictures of one scan. */
final class ScanPictures {
    /** Fewer than a sensor's firings, so that a column without a return means something. */
    private static final int COLUMNS = 1800;

    private static final int RING_PX = 4;
    private static final int PLAN_PX = 800;
    private static final double FAR_M = 80;

    private ScanPictures() {}

    /** Rings down, azimuth across (left of the vehicle first, ahead in the middle). */
    interface Shade {
        /** Brightness of a point in [0, 1]. */
        double of(Scan s, int point);
    }

    /** Near is bright, on a logarithmic scale to 80 m. */
    static BufferedImage ranges(Scan s) {
        return rings(s, (scan, i) -> 1 - Math.log(1 + scan.distanceM[i]) / Math.log(1 + FAR_M));
    }

    static BufferedImage intensities(Scan s) {
        return rings(s, (scan, i) -> 1.6 * scan.intensity[i]);
    }

    private static BufferedImage rings(Scan s, Shade shade) {
        BufferedImage out = blank(COLUMNS, s.rings.count() * RING_PX);
        for (int r = 0; r < s.rings.count(); r++) {
            for (int i : s.rings.points[r]) {
                double left = 1.5 - s.rings.turns[i];
                int column = (int) ((left - Math.floor(left)) * COLUMNS) % COLUMNS;
                int colour = Tint.of(shade.of(s, i));
                for (int y = 0; y < RING_PX; y++) {
                    out.setRGB(column, r * RING_PX + y, colour);
                }
            }
        }
        return out;
    }

    /** From above, ahead is up; height over the ground to 4 m as colour, ground dim. */
    static BufferedImage birdsEye(Scan s, double halfM) {
        BufferedImage out = blank(PLAN_PX, PLAN_PX);
        for (int i : byHeight(s)) {
            if (s.valid(i)) {
                int colour = s.isGround(i) ? 0x33415c : Tint.of(0.2 + s.aboveM[i] / 5);
                plot(out, s.x[i], s.y[i], halfM, colour);
            }
        }
        return out;
    }

    /** The rings on the ground from above, coloured by intensity. */
    static BufferedImage groundRings(Scan s, double halfM) {
        BufferedImage out = blank(PLAN_PX, PLAN_PX);
        for (int i = 0; i < s.size; i++) {
            if (s.isGround(i)) {
                plot(out, s.x[i], s.y[i], halfM, Tint.of(0.15 + 1.6 * s.intensity[i]));
            }
        }
        return out;
    }

    static BufferedImage blank(int width, int height) {
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        Arrays.fill(row, Tint.BACKGROUND);
        for (int y = 0; y < height; y++) {
            out.setRGB(0, y, width, 1, row, 0, width);
        }
        return out;
    }

    private static void plot(BufferedImage out, float x, float y, double halfM, int colour) {
        int column = (int) Math.floor((0.5 - y / (2 * halfM)) * PLAN_PX);
        int row = (int) Math.floor((0.5 - x / (2 * halfM)) * PLAN_PX);
        if (column >= 0 && column < PLAN_PX && row >= 0 && row < PLAN_PX) {
            out.setRGB(column, row, colour);
        }
    }

    /** Low points first, so that what is high lies on top. */
    private static int[] byHeight(Scan s) {
        long[] keys = new long[s.size];
        for (int i = 0; i < s.size; i++) {
            long millimetres = Math.round(1000.0 * Math.max(-1000, Math.min(1000, s.aboveM[i])));
            keys[i] = (millimetres + 1_000_000) << 32 | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(k -> (int) k).toArray();
    }
}
