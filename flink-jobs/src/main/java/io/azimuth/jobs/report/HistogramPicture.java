package io.azimuth.jobs.report;

import io.azimuth.connectors.dataset.Histogram;
import io.azimuth.perception.geometry.ObjectClass;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Small pictures of a data set's histograms: one strip a group. A bar is as high as the root of its
 * count.
 */
public final class HistogramPicture {
    private static final int WIDTH = 560;
    private static final int STRIP = 84;
    private static final int TOP = 40;
    private static final int LEFT = 110;
    private static final int RIGHT = 20;
    private static final int BARS = 52;

    private HistogramPicture() {}

    /**
     * Writes {@code histogram-NAME.png} of each into an existing folder.
     *
     * @return what a reader should know, e.g. that this Java runtime cannot draw
     */
    public static List<String> write(List<Histogram> histograms, Path folder) throws IOException {
        boolean lacksText = false;
        try {
            for (Histogram h : histograms) {
                Canvas canvas = draw(h);
                lacksText |= canvas.lacksText();
                canvas.save(folder.resolve("histogram-" + h.name() + ".png"));
            }
        } catch (LinkageError | java.awt.AWTError e) {
            return List.of("this Java runtime cannot draw, pictures are missing: " + e);
        }
        return lacksText
                ? List.of("this Java runtime has no fonts, so the pictures have no text")
                : List.of();
    }

    private static Canvas draw(Histogram h) {
        List<String> groups = h.groups();
        Canvas canvas = new Canvas(WIDTH, TOP + STRIP * Math.max(1, groups.size()) + 12);
        String unit = h.unit().isEmpty() ? "" : ", " + h.unit();
        canvas.bold(h.name() + unit, 16, 26, 15, Canvas.BRIGHT);
        canvas.rightAligned(
                String.format(Locale.ROOT, "%,d values, bars by their roots", h.total()),
                WIDTH - RIGHT,
                26,
                12,
                Canvas.DIM);
        for (int g = 0; g < groups.size(); g++) {
            strip(canvas, h, groups.get(g), TOP + STRIP * g);
        }
        return canvas;
    }

    private static void strip(Canvas canvas, Histogram h, String group, int top) {
        long[] counts = h.counts(group);
        double[] edges = h.edges();
        long most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        double base = top + BARS + 10;
        double width = (WIDTH - LEFT - RIGHT) / (double) counts.length;
        canvas.text(group, 16, base - 20, 13, Canvas.BRIGHT);
        canvas.text(
                String.format(Locale.ROOT, "%,d", Arrays.stream(counts).sum()),
                16,
                base - 4,
                11,
                Canvas.DIM);
        Color colour = colour(group);
        for (int i = 0; i < counts.length; i++) {
            double height = BARS * Math.sqrt((double) counts[i] / most);
            canvas.fill(
                    new Rectangle2D.Double(
                            LEFT + i * width, base - height, Math.max(1, width - 1), height),
                    colour);
        }
        canvas.line(LEFT, base, WIDTH - RIGHT, base, Canvas.FAINT, 1);
        int every = Math.max(1, (counts.length + 6) / 7);
        for (int i = 0; i <= counts.length; i += every) {
            canvas.centred(number(edges[i]), LEFT + i * width, base + 13, 10, Canvas.DIM);
        }
    }

    private static Color colour(String group) {
        for (ObjectClass c : ObjectClass.values()) {
            if (c.label().equals(group)) {
                return Palette.of(c);
            }
        }
        return Palette.of(ObjectClass.CAR);
    }

    private static String number(double v) {
        return v == Math.rint(v)
                ? Long.toString((long) v)
                : String.format(Locale.ROOT, "%.2f", v).replaceAll("0$", "");
    }
}
