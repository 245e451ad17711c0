package io.azimuth.jobs.report;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.Collection;
import java.util.List;

/**
 * Lays metres of the first sweep's frame out on a picture: x to the right, y up, both to the same
 * scale.
 */
final class GroundPlan {
    private static final int LONG_PX = 1400;
    private static final int LEAST_PX = 700;

    final int width;
    final int height;
    final double pxPerM;
    private final double left;
    private final double top;

    private GroundPlan(int width, int height, double pxPerM, double left, double top) {
        this.width = width;
        this.height = height;
        this.pxPerM = pxPerM;
        this.left = left;
        this.top = top;
    }

    /** A plan that shows all these places and {@code marginM} around. */
    static GroundPlan around(List<Collection<RigidTransform>> paths, double marginM) {
        double minX = Double.POSITIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (Collection<RigidTransform> path : paths) {
            for (RigidTransform p : path) {
                minX = Math.min(minX, p.tx());
                maxX = Math.max(maxX, p.tx());
                minY = Math.min(minY, p.ty());
                maxY = Math.max(maxY, p.ty());
            }
        }
        double wide = maxX - minX + 2 * marginM;
        double deep = maxY - minY + 2 * marginM;
        double pxPerM = LONG_PX / Math.max(wide, deep);
        int width = pixels(wide * pxPerM);
        int height = pixels(deep * pxPerM);
        double left = 0.5 * (minX + maxX) - 0.5 * width / pxPerM;
        double top = 0.5 * (minY + maxY) + 0.5 * height / pxPerM;
        return new GroundPlan(width, height, pxPerM, left, top);
    }

    /** Whole pixels; rounding of the division must not give the long side one more. */
    private static int pixels(double exact) {
        return (int) Math.max(LEAST_PX, Math.min(LONG_PX, Math.ceil(exact)));
    }

    double px(double x) {
        return (x - left) * pxPerM;
    }

    double py(double y) {
        return (top - y) * pxPerM;
    }

    double[] polyline(Collection<RigidTransform> path) {
        double[] xy = new double[2 * path.size()];
        int n = 0;
        for (RigidTransform p : path) {
            xy[n++] = px(p.tx());
            xy[n++] = py(p.ty());
        }
        return xy;
    }

    /** Lines every so many metres, with numbers along the edges. */
    void grid(Canvas canvas) {
        double step = step();
        for (double x = Math.ceil(left / step) * step; px(x) < width; x += step) {
            canvas.line(px(x), 0, px(x), height, Canvas.FAINT, x == 0 ? 2 : 1);
            canvas.centred(metres(x), px(x), height - 10, 13, Canvas.DIM);
        }
        double bottom = top - height / pxPerM;
        for (double y = Math.ceil(bottom / step) * step; y < top; y += step) {
            canvas.line(0, py(y), width, py(y), Canvas.FAINT, y == 0 ? 2 : 1);
            if (py(y) < height - 30) {
                canvas.text(metres(y), 8, py(y) - 5, 13, Canvas.DIM);
            }
        }
    }

    private static String metres(double value) {
        return Math.round(value) + " m";
    }

    /** Metres from line to line: at least 90 px. */
    private double step() {
        return roundStep(90 / pxPerM);
    }

    /** The smallest of 1, 2 or 5 times a power of ten that is at least this. */
    static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= least) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** A bar of one grid step at the lower right. */
    void scaleBar(Canvas canvas) {
        double length = step() * pxPerM;
        double x = width - 40 - length;
        double y = height - 34;
        canvas.panel(x - 16, y - 30, length + 32, 48);
        canvas.line(x, y, x + length, y, Canvas.BRIGHT, 3);
        canvas.line(x, y - 6, x, y + 6, Canvas.BRIGHT, 2);
        canvas.line(x + length, y - 6, x + length, y + 6, Canvas.BRIGHT, 2);
        canvas.centred(metres(step()), x + length / 2, y - 10, 14, Canvas.BRIGHT);
    }
}
