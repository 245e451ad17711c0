package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The slow, obvious twin of {@link PolarCanvas}, in double. */
final class NaiveCanvas {
    private static final double[] TOPS = {.15, .4, .7, 1.0, 1.4, 1.8, 2.5, 4};

    private NaiveCanvas() {}

    static double[] draw(
            PolarGrid grid, PointCloud cloud, PolarCoordinates polar, float[] heightM) {
        TreeMap<Integer, List<double[]>> cells = new TreeMap<>();
        for (int i = 0; i < cloud.size(); i++) {
            // to the millimetre, as the slices are cut
            double h = Math.floor(heightM[i] * 1000.0 + 0.5) / 1000;
            double u = (polar.rangeM()[i] - grid.minRangeM()) / grid.rangeStepM();
            double v = ((polar.azimuthTurns()[i] + 0.5) % 1.0) * grid.azimuthBins();
            if (polar.rangeM()[i] < 0 || u < 0 || u >= grid.rangeBins() || h < -2 || h >= 4) {
                continue;
            }
            int cell = (int) v * grid.rangeBins() + (int) u;
            double[] point = {h, cloud.intensity()[i], u % 1 - 0.5, v % 1 - 0.5};
            cells.computeIfAbsent(cell, c -> new ArrayList<>()).add(point);
        }
        double[] out = new double[PolarCanvas.CHANNELS * grid.cells()];
        cells.forEach((cell, points) -> fill(out, cell, grid.cells(), points));
        return out;
    }

    private static void fill(double[] out, int cell, int plane, List<double[]> points) {
        double from = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < TOPS.length; s++) {
            double low = from;
            double top = TOPS[s];
            long n = points.stream().filter(p -> p[0] >= low && p[0] < top).count();
            out[s * plane + cell] = Math.log1p(n) / 2;
            from = top;
        }
        double mean = mean(points, 0);
        double square = points.stream().mapToDouble(p -> (p[0] - mean) * (p[0] - mean)).sum();
        out[8 * plane + cell] = mean;
        out[9 * plane + cell] = Math.sqrt(square / points.size());
        out[10 * plane + cell] = points.stream().mapToDouble(p -> p[0]).max().orElseThrow();
        out[11 * plane + cell] = points.stream().mapToDouble(p -> p[0]).min().orElseThrow();
        out[12 * plane + cell] = mean(points, 1);
        out[13 * plane + cell] = 1;
        out[14 * plane + cell] = mean(points, 2);
        out[15 * plane + cell] = mean(points, 3);
    }

    private static double mean(List<double[]> points, int what) {
        return points.stream().mapToDouble(p -> p[what]).average().orElseThrow();
    }
}
