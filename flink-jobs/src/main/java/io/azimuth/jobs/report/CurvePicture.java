package io.azimuth.jobs.report;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.curves.PrCurve;
import io.azimuth.perception.evaluation.curves.Reliability;
import io.azimuth.perception.geometry.ObjectClass;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Curves over the unit square: precision over recall, share true over score. */
final class CurvePicture {
    private static final int SIDE_PX = 560;
    private static final int LEFT_PX = 84;
    private static final int TOP_PX = 100;
    private static final int BELOW_PX = 72;
    private static final int LEGEND_PX = 270;
    private static final int HISTOGRAM_PX = 90;

    private final Canvas canvas;
    private int legendRow;

    private CurvePicture(String title, String what, String xName, String yName, int below) {
        canvas =
                new Canvas(LEFT_PX + SIDE_PX + 24 + LEGEND_PX, TOP_PX + SIDE_PX + BELOW_PX + below);
        canvas.fill(new Rectangle2D.Double(LEFT_PX, TOP_PX, SIDE_PX, SIDE_PX), Canvas.SURFACE);
        canvas.bold(title, LEFT_PX, 34, 19, Canvas.BRIGHT);
        canvas.text(what, LEFT_PX, 58, 14, Canvas.DIM);
        for (int k = 0; k <= 10; k += 2) {
            double v = k / 10.0;
            String text = String.format(Locale.ROOT, "%.1f", v);
            canvas.line(x(v), y(0), x(v), y(1), Canvas.FAINT, 1);
            canvas.line(x(0), y(v), x(1), y(v), Canvas.FAINT, 1);
            canvas.centred(text, x(v), y(0) + 20, 13, Canvas.DIM);
            canvas.rightAligned(text, x(0) - 8, y(v) + 5, 13, Canvas.DIM);
        }
        canvas.centred(xName, x(0.5), y(0) + 44, 15, Canvas.BRIGHT);
        canvas.text(yName, LEFT_PX, TOP_PX - 12, 15, Canvas.BRIGHT);
    }

    static Canvas precisionRecall(String title, Map<ClassGroup, PrCurve> curves) {
        CurvePicture picture =
                new CurvePicture(
                        title,
                        "all thresholds, match within 1 m; the ring is the threshold 0.3",
                        "recall",
                        "precision",
                        0);
        curves.forEach(picture::curve);
        return picture.canvas;
    }

    private void curve(ClassGroup group, PrCurve curve) {
        Color colour = colour(group);
        List<PrCurve.Point> points = curve.points();
        if (curve.wanted() == 0 || points.isEmpty()) {
            legend(
                    group,
                    "%d labels, %s"
                            .formatted(
                                    curve.wanted(), points.isEmpty() ? "none found" : "all false"));
            return;
        }
        double[] xy = new double[2 * points.size()];
        PrCurve.Point atThreshold = null;
        for (int i = 0; i < points.size(); i++) {
            xy[2 * i] = x(points.get(i).recall());
            xy[2 * i + 1] = y(points.get(i).precision());
            atThreshold = points.get(i).score() >= 0.3 ? points.get(i) : atThreshold;
        }
        canvas.line(Canvas.polyline(xy), colour, 2.4);
        if (atThreshold != null) {
            double cx = x(atThreshold.recall());
            double cy = y(atThreshold.precision());
            canvas.disc(cx, cy, 8, colour);
            canvas.disc(cx, cy, 4.5, Canvas.SURFACE);
        }
        legend(
                group,
                atThreshold == null
                        ? "%d labels".formatted(curve.wanted())
                        : String.format(
                                Locale.ROOT,
                                "%d labels; at 0.3: R %.2f, P %.2f",
                                curve.wanted(),
                                atThreshold.recall(),
                                atThreshold.precision()));
    }

    static Canvas reliability(String title, Map<ClassGroup, Reliability> scores) {
        CurvePicture picture =
                new CurvePicture(
                        title,
                        "on the dashed line a score is a probability; bars: detections by score, each class to its own highest",
                        "score",
                        "share true",
                        HISTOGRAM_PX + 10);
        picture.canvas.dashed(
                Canvas.polyline(
                        new double[] {picture.x(0), picture.y(0), picture.x(1), picture.y(1)}),
                Canvas.DIM,
                1.5);
        int n = 0;
        for (Map.Entry<ClassGroup, Reliability> e : scores.entrySet()) {
            picture.bins(e.getKey(), e.getValue(), n++, scores.size());
        }
        return picture.canvas;
    }

    private void bins(ClassGroup group, Reliability r, int index, int groups) {
        Color colour = colour(group);
        List<Reliability.Bin> filled = r.bins().stream().filter(b -> b.detections() > 0).toList();
        double[] xy = new double[2 * filled.size()];
        int most = filled.stream().mapToInt(Reliability.Bin::detections).max().orElse(1);
        int all = 0;
        double floor = canvas.height() - 12;
        for (int i = 0; i < filled.size(); i++) {
            Reliability.Bin b = filled.get(i);
            xy[2 * i] = x(b.meanScore());
            xy[2 * i + 1] = y(b.trueShare());
            canvas.disc(xy[2 * i], xy[2 * i + 1], 5, colour);
            double wide = (x(b.to()) - x(b.from()) - 8) / groups;
            double high = HISTOGRAM_PX * b.detections() / (double) most;
            canvas.fill(
                    new Rectangle2D.Double(
                            x(b.from()) + 4 + index * wide, floor - high, wide - 1, high),
                    colour);
            all += b.detections();
        }
        canvas.line(Canvas.polyline(xy), colour, 2.4);
        legend(
                group,
                String.format(Locale.ROOT, "%d detections, error %.3f", all, r.expectedError()));
    }

    private void legend(ClassGroup group, String text) {
        double left = LEFT_PX + SIDE_PX + 24;
        double top = TOP_PX + 18 + 52 * legendRow++;
        canvas.line(left, top - 5, left + 26, top - 5, colour(group), 3);
        canvas.bold(group.label(), left + 36, top, 15, Canvas.BRIGHT);
        canvas.text(text, left, top + 22, 13, Canvas.DIM);
    }

    private static Color colour(ClassGroup group) {
        return switch (group) {
            case VEHICLE -> Palette.of(ObjectClass.CAR);
            case PERSON -> Palette.of(ObjectClass.PEDESTRIAN);
            case CYCLIST -> Palette.of(ObjectClass.CYCLIST);
        };
    }

    private double x(double share) {
        return LEFT_PX + SIDE_PX * share;
    }

    private double y(double share) {
        return TOP_PX + SIDE_PX * (1 - share);
    }
}
