package io.azimuth.jobs.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A picture in memory with what our pictures need. Text needs fonts, which a bare Java runtime
 * lacks: then everything but the text is drawn and {@link #lacksText()} says so.
 */
final class Canvas {
    static final Color BACKGROUND = new Color(0x0b0f17);
    static final Color SURFACE = new Color(0x111827);
    static final Color FAINT = new Color(0x263043);
    static final Color DIM = new Color(0x8b98ad);
    static final Color BRIGHT = new Color(0xe8edf5);

    final BufferedImage image;
    private final Graphics2D graphics;
    private boolean lacksText;

    Canvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        fill(new java.awt.Rectangle(width, height), BACKGROUND);
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    boolean lacksText() {
        return lacksText;
    }

    void fill(Shape shape, Color colour) {
        graphics.setColor(colour);
        graphics.fill(shape);
    }

    void line(Shape shape, Color colour, double widthPx) {
        graphics.setColor(colour);
        graphics.setStroke(
                new BasicStroke((float) widthPx, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
    }

    void dashed(Shape shape, Color colour, double widthPx) {
        graphics.setColor(colour);
        graphics.setStroke(
                new BasicStroke(
                        (float) widthPx,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_MITER,
                        10,
                        new float[] {5, 4},
                        0));
        graphics.draw(shape);
    }

    void line(double x0, double y0, double x1, double y1, Color colour, double widthPx) {
        line(new java.awt.geom.Line2D.Double(x0, y0, x1, y1), colour, widthPx);
    }

    void disc(double x, double y, double radius, Color colour) {
        fill(
                new java.awt.geom.Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius),
                colour);
    }

    /** Darkens a part of the picture so that text on it can be read. */
    void panel(double x, double y, double width, double height) {
        fill(
                new java.awt.geom.RoundRectangle2D.Double(x, y, width, height, 12, 12),
                new Color(0x0b, 0x0f, 0x17, 205));
    }

    /** Text whose baseline starts at (x, y). */
    void text(String text, double x, double y, int size, Color colour) {
        text(text, x, y, size, colour, 0, Font.PLAIN);
    }

    void bold(String text, double x, double y, int size, Color colour) {
        text(text, x, y, size, colour, 0, Font.BOLD);
    }

    /** Text centred on x. */
    void centred(String text, double x, double y, int size, Color colour) {
        text(text, x, y, size, colour, 0.5, Font.PLAIN);
    }

    /** Text that ends at x. */
    void rightAligned(String text, double x, double y, int size, Color colour) {
        text(text, x, y, size, colour, 1, Font.PLAIN);
    }

    private void text(
            String text, double x, double y, int size, Color colour, double share, int style) {
        if (lacksText) {
            return;
        }
        try {
            graphics.setFont(new Font(Font.SANS_SERIF, style, size));
            graphics.setColor(colour);
            double width = share == 0 ? 0 : graphics.getFontMetrics().stringWidth(text);
            graphics.drawString(text, (float) (x - share * width), (float) y);
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // no fontconfig, no font, no native font library: Java2D throws bare Errors for some
            lacksText = true;
        }
    }

    /** A closed polygon of x0, y0, x1, y1, ... */
    static Path2D polygon(double[] xy) {
        Path2D path = polyline(xy);
        path.closePath();
        return path;
    }

    static Path2D polyline(double[] xy) {
        Path2D.Double path = new Path2D.Double();
        for (int i = 0; i + 1 < xy.length; i += 2) {
            if (i == 0) {
                path.moveTo(xy[0], xy[1]);
            } else {
                path.lineTo(xy[i], xy[i + 1]);
            }
        }
        return path;
    }

    static Color withAlpha(Color c, int alpha) {
        return new Color(c.getRed(), c.getGreen(), c.getBlue(), alpha);
    }

    /** Writes the picture as PNG; nothing can be drawn after. */
    void save(Path file) throws IOException {
        graphics.dispose();
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException(file + ": this Java runtime cannot write PNG");
        }
    }
}
