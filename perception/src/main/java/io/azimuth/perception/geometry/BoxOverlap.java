package io.azimuth.perception.geometry;

/** Intersection over union of upright boxes, from above and in space. Stateless, thread-safe. */
public final class BoxOverlap {
    /** Two convex quadrilaterals meet in at most eight corners. */
    private static final int MAX_CORNERS = 16;

    private BoxOverlap() {}

    /** Rotated IoU of the footprints, in [0, 1]. */
    public static double bev(OrientedBox a, OrientedBox b) {
        double shared = footprintIntersection(a, b);
        return ratio(shared, a.length() * a.width() + b.length() * b.width() - shared);
    }

    /** Rotated IoU of the volumes, in [0, 1]. */
    public static double volume(OrientedBox a, OrientedBox b) {
        double top = Math.min(a.z() + 0.5 * a.height(), b.z() + 0.5 * b.height());
        double bottom = Math.max(a.bottomZ(), b.bottomZ());
        if (top <= bottom) {
            return 0;
        }
        double shared = footprintIntersection(a, b) * (top - bottom);
        double both = a.length() * a.width() * a.height() + b.length() * b.width() * b.height();
        return ratio(shared, both - shared);
    }

    /** Area in square metres that both footprints cover (Sutherland-Hodgman clipping). */
    public static double footprintIntersection(OrientedBox a, OrientedBox b) {
        double reach =
                0.5 * (Math.hypot(a.length(), a.width()) + Math.hypot(b.length(), b.width()));
        if (Math.hypot(a.x() - b.x(), a.y() - b.y()) >= reach) {
            return 0;
        }
        // relative to a's centre, so that far boxes lose no digits
        double[] clip = relative(b.footprint(), a.x(), a.y());
        double[] polygon = new double[2 * MAX_CORNERS];
        double[] next = new double[2 * MAX_CORNERS];
        System.arraycopy(relative(a.footprint(), a.x(), a.y()), 0, polygon, 0, 8);
        int corners = 4;
        for (int e = 0; e < 4 && corners > 0; e++) {
            corners = clipByEdge(polygon, corners, clip, e, next);
            double[] swap = polygon;
            polygon = next;
            next = swap;
        }
        return area(polygon, corners);
    }

    private static int clipByEdge(double[] in, int n, double[] clip, int edge, double[] out) {
        double x0 = clip[2 * edge];
        double y0 = clip[2 * edge + 1];
        double ex = clip[(2 * edge + 2) % 8] - x0;
        double ey = clip[(2 * edge + 3) % 8] - y0;
        int m = 0;
        for (int i = 0; i < n; i++) {
            int j = (i + 1) % n;
            double di = ex * (in[2 * i + 1] - y0) - ey * (in[2 * i] - x0);
            double dj = ex * (in[2 * j + 1] - y0) - ey * (in[2 * j] - x0);
            if (di >= 0) {
                out[2 * m] = in[2 * i];
                out[2 * m + 1] = in[2 * i + 1];
                m++;
            }
            if ((di >= 0) != (dj >= 0)) {
                double t = di / (di - dj);
                out[2 * m] = in[2 * i] + t * (in[2 * j] - in[2 * i]);
                out[2 * m + 1] = in[2 * i + 1] + t * (in[2 * j + 1] - in[2 * i + 1]);
                m++;
            }
        }
        return m;
    }

    private static double[] relative(double[] corners, double x, double y) {
        for (int i = 0; i < corners.length; i += 2) {
            corners[i] -= x;
            corners[i + 1] -= y;
        }
        return corners;
    }

    private static double area(double[] p, int n) {
        double twice = 0;
        for (int i = 0; i < n; i++) {
            int j = (i + 1) % n;
            twice += p[2 * i] * p[2 * j + 1] - p[2 * j] * p[2 * i + 1];
        }
        return Math.max(0, 0.5 * twice);
    }

    private static double ratio(double shared, double union) {
        return union > 0 ? Math.min(1, shared / union) : 0;
    }
}
