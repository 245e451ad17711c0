package io.azimuth.jobs.realism;

import java.util.Locale;

/** Two curves over their index as SVG: the recorded one light, the simulated one yellow. */
final class CurvePlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 200;
    private static final int EDGE = 30;

    private CurvePlot() {}

    static String svg(double[] real, double[] simulated) {
        double low = 0;
        double high = 1e-9;
        for (double[] curve : new double[][] {real, simulated}) {
            for (double v : curve) {
                low = Double.isFinite(v) ? Math.min(low, v) : low;
                high = Double.isFinite(v) ? Math.max(high, v) : high;
            }
        }
        StringBuilder out = new StringBuilder();
        out.append("<svg width=\"%d\" height=\"%d\" role=\"img\">".formatted(WIDTH, HEIGHT));
        line(out, real, low, high, "#e8edf5");
        line(out, simulated, low, high, "#f2d45c");
        label(out, 14, high);
        label(out, HEIGHT - 4, low);
        return out.append("</svg>").toString();
    }

    private static void label(StringBuilder out, int y, double value) {
        out.append("<text x=\"4\" y=\"").append(y).append("\" fill=\"#8b98ad\" font-size=\"12\">");
        out.append(LikenessText.number(value)).append("</text>");
    }

    private static void line(
            StringBuilder out, double[] curve, double low, double high, String colour) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < curve.length; i++) {
            if (Double.isFinite(curve[i])) {
                double x = EDGE + i * (WIDTH - 2.0 * EDGE) / Math.max(1, curve.length - 1);
                double y = HEIGHT - 18 - (curve[i] - low) / (high - low) * (HEIGHT - 36);
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            }
        }
        out.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour);
        out.append("\" points=\"").append(points.toString().trim()).append("\"/>");
    }
}
