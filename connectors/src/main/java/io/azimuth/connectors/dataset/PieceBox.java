package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;

/** An upright box around points, along the main direction of their ground plan. */
final class PieceBox {
    private static final double LEAST_EXTENT_M = 0.05;

    private PieceBox() {}

    /**
     * The box of all points, or of a stretch by chance if it were longer than {@code longestM}.
     *
     * @param points places in the cloud, at least one
     */
    static OrientedBox around(PointCloud cloud, int[] points, double longestM, Draws draws) {
        double yaw = mainDirection(cloud, points);
        double c = StrictMath.cos(yaw);
        double s = StrictMath.sin(yaw);
        double[] along = range(cloud, points, c, s);
        if (along[1] - along[0] > longestM) {
            int i = points[draws.below(points.length)];
            double middle = c * cloud.x()[i] + s * cloud.y()[i];
            double half = draws.between(0.75, 0.5 * longestM);
            along[0] = Math.max(along[0], middle - half);
            along[1] = Math.min(along[1], middle + half);
        }
        double[] across = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] up = across.clone();
        for (int i : points) {
            double a = c * cloud.x()[i] + s * cloud.y()[i];
            if (a >= along[0] && a <= along[1]) {
                extend(across, c * cloud.y()[i] - s * cloud.x()[i]);
                extend(up, cloud.z()[i]);
            }
        }
        double a = middle(along);
        double b = middle(across);
        return new OrientedBox(
                c * a - s * b,
                s * a + c * b,
                middle(up),
                extent(along),
                extent(across),
                extent(up),
                yaw);
    }

    private static double mainDirection(PointCloud cloud, int[] points) {
        double mx = 0;
        double my = 0;
        for (int i : points) {
            mx += cloud.x()[i];
            my += cloud.y()[i];
        }
        mx /= points.length;
        my /= points.length;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i : points) {
            double dx = cloud.x()[i] - mx;
            double dy = cloud.y()[i] - my;
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
        return 0.5 * StrictMath.atan2(2 * xy, xx - yy);
    }

    private static double[] range(PointCloud cloud, int[] points, double c, double s) {
        double[] out = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i : points) {
            extend(out, c * cloud.x()[i] + s * cloud.y()[i]);
        }
        return out;
    }

    private static void extend(double[] range, double v) {
        range[0] = Math.min(range[0], v);
        range[1] = Math.max(range[1], v);
    }

    private static double middle(double[] range) {
        return 0.5 * (range[0] + range[1]);
    }

    private static double extent(double[] range) {
        return Math.max(LEAST_EXTENT_M, range[1] - range[0]);
    }
}
