package io.azimuth.jobs.report;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Two clouds from above in the target's frame, before and after they were registered: the target
 * blue, the source orange; where both lie on one another the picture turns white. Both panels show
 * the same part of the world.
 */
public final class PairPicture {
    private static final int PANEL_PX = 900;
    private static final int GAP_PX = 12;
    private static final double REACH_M = 120;
    private static final double LEAST_SPAN_M = 4;
    private static final int TARGET = 0x2f6fd0;
    private static final int SOURCE = 0xd07a20;
    private static final int BOTH = 0xf2f2f2;

    private final Canvas canvas = new Canvas(2 * PANEL_PX + GAP_PX, PANEL_PX);
    private double middleX;
    private double middleY;
    private double pxPerM;

    private PairPicture() {}

    /**
     * Writes a PNG.
     *
     * @param before {@code targetFromSource} that was started from
     * @param after what was found
     * @param said a line on what was found, under the right panel's title
     */
    public static void write(
            PointCloud target,
            PointCloud source,
            RigidTransform before,
            RigidTransform after,
            String said,
            Path file)
            throws IOException {
        PairPicture picture = new PairPicture();
        picture.fit(target, source, after);
        picture.panel(0, target, source, before);
        picture.panel(PANEL_PX + GAP_PX, target, source, after);
        picture.captions(said);
        picture.canvas.save(file);
    }

    /** The frame of both panels: what target and moved source cover, within reach of the target. */
    private void fit(PointCloud target, PointCloud source, RigidTransform after) {
        double[] span = {0, 0, 0, 0}; // the target's origin is always in the picture
        for (int i = 0; i < target.size(); i++) {
            widen(span, target.x()[i], target.y()[i]);
        }
        for (int i = 0; i < source.size(); i++) {
            double x = source.x()[i];
            double y = source.y()[i];
            double z = source.z()[i];
            widen(span, after.mapX(x, y, z), after.mapY(x, y, z));
        }
        middleX = (span[0] + span[1]) / 2;
        middleY = (span[2] + span[3]) / 2;
        double wide = Math.max(LEAST_SPAN_M, Math.max(span[1] - span[0], span[3] - span[2]));
        pxPerM = PANEL_PX / (1.04 * wide);
    }

    private static void widen(double[] span, double x, double y) {
        if (Math.abs(x) <= REACH_M && Math.abs(y) <= REACH_M) {
            span[0] = Math.min(span[0], x);
            span[1] = Math.max(span[1], x);
            span[2] = Math.min(span[2], y);
            span[3] = Math.max(span[3], y);
        }
    }

    private void panel(int left, PointCloud target, PointCloud source, RigidTransform pose) {
        for (int i = 0; i < target.size(); i++) {
            add(left, target.x()[i], target.y()[i], TARGET);
        }
        for (int i = 0; i < source.size(); i++) {
            double x = source.x()[i];
            double y = source.y()[i];
            double z = source.z()[i];
            add(left, pose.mapX(x, y, z), pose.mapY(x, y, z), SOURCE);
        }
    }

    /** Adds light: x ahead is up, y left is left. */
    private void add(int left, double x, double y, int light) {
        double u = PANEL_PX / 2.0 - (y - middleY) * pxPerM;
        double v = PANEL_PX / 2.0 - (x - middleX) * pxPerM;
        if (u >= 0 && u < PANEL_PX && v >= 0 && v < PANEL_PX) {
            int px = left + (int) u;
            canvas.image.setRGB(px, (int) v, lit(canvas.image.getRGB(px, (int) v), light));
        }
    }

    /** Each colour once a pixel: many points of one cloud do not outshine the other. */
    private static int lit(int found, int light) {
        int there = found & 0xffffff;
        boolean first = there == (Canvas.BACKGROUND.getRGB() & 0xffffff) || there == light;
        return first ? light : BOTH;
    }

    private void captions(String said) {
        for (int k = 0; k < 2; k++) {
            int left = k * (PANEL_PX + GAP_PX);
            canvas.panel(left + 14, 14, k == 0 ? 330 : 560, 74);
            canvas.bold(k == 0 ? "before" : "after", left + 28, 40, 19, Canvas.BRIGHT);
            canvas.text(
                    k == 0 ? "target" : said,
                    left + 28,
                    68,
                    14,
                    k == 0 ? colour(TARGET) : Canvas.DIM);
        }
        canvas.text("source", 110, 68, 14, colour(SOURCE));
        double ten = 10 * pxPerM;
        canvas.line(28, PANEL_PX - 28, 28 + ten, PANEL_PX - 28, Canvas.BRIGHT, 2);
        canvas.text("10 m", 28, PANEL_PX - 36, 13, Canvas.DIM);
    }

    private static Color colour(int rgb) {
        return new Color(Palette.mix(rgb, 0xffffff, 0.25));
    }
}
