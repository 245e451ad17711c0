package io.azimuth.jobs.report;

import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * One sweep from above, the way ahead up: points by height, detections, labels and the tracks'
 * trails of the last seconds.
 */
final class BirdsEyePicture {
    static final int SIZE_PX = 1200;
    static final double RANGE_M = 50;

    /** Detections below are left out, as in the scores. */
    static final double MIN_SCORE = 0.3;

    private static final double PX_PER_M = SIZE_PX / (2 * RANGE_M + 3);

    private static final double MOVING_MPS = 1;

    private final Canvas canvas = new Canvas(SIZE_PX, SIZE_PX);
    private final List<Rectangle2D> named = new ArrayList<>();

    /**
     * A track's way, in the sensor's frame.
     *
     * @param xy oldest first
     * @param speedMps over ground
     */
    record Trail(ScoredBox now, double[] xy, double speedMps, boolean headingKnown) {}

    private static double px(double y) {
        return SIZE_PX / 2.0 - y * PX_PER_M;
    }

    private static double py(double x) {
        return SIZE_PX / 2.0 - x * PX_PER_M;
    }

    /**
     * @param heights over the ground, by point
     * @param placing prepared for this sweep
     */
    void points(PointCloud cloud, float[] heights, Placing placing) {
        for (int pass = 0; pass < 2; pass++) { // objects over ground
            for (int i = 0; i < cloud.size(); i++) {
                double height = heights[i];
                if ((height > Palette.GROUND_M) == (pass == 1)) {
                    placing.place(cloud, i);
                    point(placing.x, placing.y, height);
                }
            }
        }
    }

    private void point(double x, double y, double height) {
        if (!(x * x + y * y <= RANGE_M * RANGE_M)) {
            return;
        }
        int u = (int) px(y);
        int v = (int) py(x);
        if (!(height > Palette.GROUND_M)) {
            canvas.image.setRGB(u, v, 0x3b5270);
            return;
        }
        int colour = Palette.height(height);
        for (int k = 0; k < 4; k++) {
            canvas.image.setRGB(u + (k & 1), v + (k >> 1), colour);
        }
    }

    void rings() {
        for (int r = 10; r <= RANGE_M; r += 10) {
            double radius = r * PX_PER_M;
            canvas.line(
                    new Ellipse2D.Double(
                            SIZE_PX / 2.0 - radius, SIZE_PX / 2.0 - radius, 2 * radius, 2 * radius),
                    Canvas.FAINT,
                    1);
        }
        canvas.line(px(RANGE_M), py(0), px(-RANGE_M), py(0), Canvas.FAINT, 1);
        canvas.line(px(0), py(RANGE_M), px(0), py(-RANGE_M), Canvas.FAINT, 1);
    }

    void ringLabels() {
        for (int r = 10; r <= RANGE_M; r += 10) {
            double diagonal = r * Math.sqrt(0.5);
            canvas.centred(r + " m", px(-diagonal), py(-diagonal) + 5, 13, Canvas.DIM);
        }
    }

    void ego() {
        double[] arrow = {px(0), py(1.6), px(-0.8), py(-1.2), px(0), py(-0.6), px(0.8), py(-1.2)};
        canvas.fill(Canvas.polygon(arrow), Canvas.BRIGHT);
    }

    void label(LabelledBox label) {
        if (label.box().rangeM() <= RANGE_M) {
            canvas.dashed(outline(label.box()), new Color(255, 255, 255, 210), 1.3);
        }
    }

    void detection(Detection d) {
        OrientedBox box = d.box();
        if (box.rangeM() > RANGE_M || d.score() < MIN_SCORE) {
            return;
        }
        Color colour = Palette.of(d.objectClass());
        int alpha = (int) (110 + 145 * Math.min(1, d.score()));
        canvas.fill(outline(box), Canvas.withAlpha(colour, 55));
        canvas.line(outline(box), Canvas.withAlpha(colour, alpha), 2.2);
        double c = Math.cos(box.yawRad());
        double s = Math.sin(box.yawRad());
        if (d.headingKnown()) {
            tick(box, Canvas.withAlpha(colour, alpha));
        }
        double side = 0.5 * Math.abs(s * box.length()) + 0.5 * Math.abs(c * box.width()) + 0.5;
        canvas.bold(
                Palette.letter(d.objectClass()), px(box.y() - side), py(box.x()) + 5, 14, colour);
    }

    /** A line from the centre out of the front. */
    private void tick(OrientedBox box, Color colour) {
        double reach = 0.5 * box.length() + 0.9;
        canvas.line(
                px(box.y()),
                py(box.x()),
                px(box.y() + Math.sin(box.yawRad()) * reach),
                py(box.x() + Math.cos(box.yawRad()) * reach),
                colour,
                2.4);
    }

    /** The box from above. */
    private static Path2D outline(OrientedBox box) {
        double[] corners = box.footprint();
        double[] xy = new double[8];
        for (int i = 0; i < 8; i += 2) {
            xy[i] = px(corners[i + 1]);
            xy[i + 1] = py(corners[i]);
        }
        return Canvas.polygon(xy);
    }

    void trail(Trail trail) {
        OrientedBox box = trail.now.box();
        if (box.rangeM() > RANGE_M) {
            return;
        }
        Color colour = Palette.of(trail.now.objectClass());
        int n = trail.xy.length / 2;
        for (int i = 1; i < n; i++) {
            canvas.line(
                    px(trail.xy[2 * i - 1]),
                    py(trail.xy[2 * i - 2]),
                    px(trail.xy[2 * i + 1]),
                    py(trail.xy[2 * i]),
                    Canvas.withAlpha(colour, 40 + 180 * i / n),
                    3);
        }
        if (trail.headingKnown) {
            tick(box, colour);
        }
    }

    /**
     * Writes the track's number, and its speed if it moves, beside it, unless another name stands
     * there: name what matters most first.
     */
    void name(Trail trail) {
        OrientedBox box = trail.now.box();
        if (box.rangeM() > RANGE_M) {
            return;
        }
        String name = "#" + trail.now.track();
        if (trail.speedMps >= MOVING_MPS) {
            name += "  " + Math.round(trail.speedMps) + " m/s";
        }
        double above = 0.5 * Math.hypot(box.length(), box.width()) + 0.6;
        double wide = 7.5 * name.length() + 8;
        Rectangle2D place =
                new Rectangle2D.Double(px(box.y()) - wide / 2, py(box.x() + above) - 13, wide, 17);
        if (named.stream().noneMatch(place::intersects)) {
            named.add(place);
            canvas.centred(name, px(box.y()), py(box.x() + above), 12, Canvas.BRIGHT);
        }
    }

    void caption(String drive, String sweep, String counts) {
        canvas.panel(16, 16, 420, 84);
        canvas.bold(drive, 30, 42, 19, Canvas.BRIGHT);
        canvas.text(sweep, 30, 65, 14, Canvas.DIM);
        canvas.text(counts, 30, 87, 14, Canvas.BRIGHT);
    }

    void legend(List<ObjectClass> classes, boolean labels, boolean trails) {
        int lines = classes.size() + (labels ? 1 : 0) + (trails ? 1 : 0);
        double top = SIZE_PX - 30 - 22.0 * lines;
        canvas.panel(16, top - 10, 190, 22.0 * lines + 18);
        double y = top + 10;
        for (ObjectClass c : classes) {
            Color colour = Palette.of(c);
            canvas.fill(new Rectangle2D.Double(30, y - 9, 26, 12), Canvas.withAlpha(colour, 70));
            canvas.line(new Rectangle2D.Double(30, y - 9, 26, 12), colour, 2);
            canvas.text(Palette.letter(c) + "   " + c.label(), 68, y + 2, 14, Canvas.BRIGHT);
            y += 22;
        }
        if (labels) {
            canvas.dashed(new Rectangle2D.Double(30, y - 9, 26, 12), Color.WHITE, 1.3);
            canvas.text("label (truth)", 68, y + 2, 14, Canvas.BRIGHT);
            y += 22;
        }
        if (trails) {
            canvas.line(30, y - 3, 56, y - 3, Canvas.DIM, 3);
            canvas.text("track, last 3 s", 68, y + 2, 14, Canvas.BRIGHT);
        }
    }

    void heightScale() {
        HeightScale.draw(canvas, SIZE_PX - 216, SIZE_PX - 66);
    }

    Canvas canvas() {
        return canvas;
    }
}
