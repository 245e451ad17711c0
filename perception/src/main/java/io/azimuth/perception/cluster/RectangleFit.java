package io.azimuth.perception.cluster;

/**
 * Rectangle around outline points seen from above: the yaw whose visible edges lie closest to the
 * points (closeness criterion), searched in 6 degree steps, then refined by halving steps.
 *
 * <p>Source: Zhang, Xu, Dong, Dolan, "Efficient L-shape fitting for vehicle detection using laser
 * scanners" (2017), closeness criterion; differs: only the two edges that face the sensor count.
 */
final class RectangleFit {
    private static final double CLOSE_M = 0.04;
    private static final int COARSE_STEPS = 15;
    private static final int REFINEMENTS = 4;

    /** Points that decide the coarse search; the refinement uses all. */
    private static final int COARSE_POINTS = 24;

    private static final double[] COARSE_COS = new double[COARSE_STEPS];
    private static final double[] COARSE_SIN = new double[COARSE_STEPS];

    static {
        for (int k = 0; k < COARSE_STEPS; k++) {
            COARSE_COS[k] = Math.cos(k * Math.PI / 2 / COARSE_STEPS);
            COARSE_SIN[k] = Math.sin(k * Math.PI / 2 / COARSE_STEPS);
        }
    }

    private final float[] px;
    private final float[] py;
    private int n;
    double yaw;
    double low1;
    double high1;
    double low2;
    double high2;

    RectangleFit(int capacity) {
        px = new float[capacity];
        py = new float[capacity];
    }

    void clear() {
        n = 0;
    }

    void add(float x, float y) {
        px[n] = x;
        py[n++] = y;
    }

    int size() {
        return n;
    }

    /** Finds the yaw in [0, pi/2) and the extents along and across it. At least one point. */
    void fit() {
        double best = -1;
        double bestYaw = 0;
        double step = Math.PI / 2 / COARSE_STEPS;
        int stride = 1 + (n - 1) / COARSE_POINTS;
        for (int k = 0; k < COARSE_STEPS; k++) {
            double merit = merit(COARSE_COS[k], COARSE_SIN[k], stride);
            if (merit > best) {
                best = merit;
                bestYaw = k * step;
            }
        }
        best = stride == 1 ? best : merit(Math.cos(bestYaw), Math.sin(bestYaw), 1);
        for (int round = 0; round < REFINEMENTS; round++) {
            step /= 2;
            double centre = bestYaw;
            for (int side = -1; side <= 1; side += 2) {
                double angle = centre + side * step;
                double merit = merit(Math.cos(angle), Math.sin(angle), 1);
                if (merit > best) {
                    best = merit;
                    bestYaw = angle;
                }
            }
        }
        yaw = bestYaw;
        extents(yaw);
    }

    /** Sets the extents for a given yaw. */
    void extents(double angle) {
        extents(Math.cos(angle), Math.sin(angle), 1);
    }

    private void extents(double c, double s, int stride) {
        double a0 = Double.MAX_VALUE;
        double a1 = -Double.MAX_VALUE;
        double b0 = Double.MAX_VALUE;
        double b1 = -Double.MAX_VALUE;
        for (int i = 0; i < n; i += stride) {
            double a = c * px[i] + s * py[i];
            double b = c * py[i] - s * px[i];
            a0 = Math.min(a0, a);
            a1 = Math.max(a1, a);
            b0 = Math.min(b0, b);
            b1 = Math.max(b1, b);
        }
        low1 = a0;
        high1 = a1;
        low2 = b0;
        high2 = b1;
    }

    private double merit(double c, double s, int stride) {
        extents(c, s, stride);
        double edge1 = facing(low1, high1);
        double edge2 = facing(low2, high2);
        double sum = 0;
        for (int i = 0; i < n; i += stride) {
            double d1 = Math.abs(c * px[i] + s * py[i] - edge1);
            double d2 = Math.abs(c * py[i] - s * px[i] - edge2);
            sum += 1 / (CLOSE_M + Math.min(d1, d2));
        }
        return sum;
    }

    /** Share of the points within {@code tolerance} of a visible edge of the fitted rectangle. */
    double shareOnEdges(double tolerance) {
        double c = Math.cos(yaw);
        double s = Math.sin(yaw);
        double edge1 = facing(low1, high1);
        double edge2 = facing(low2, high2);
        int on = 0;
        for (int i = 0; i < n; i++) {
            double d1 = Math.abs(c * px[i] + s * py[i] - edge1);
            double d2 = Math.abs(c * py[i] - s * px[i] - edge2);
            if (Math.min(d1, d2) <= tolerance) {
                on++;
            }
        }
        return n == 0 ? 0 : on / (double) n;
    }

    /** The side of an interval that faces the sensor; NaN-free far value if none does. */
    private static double facing(double low, double high) {
        return low > 0 ? low : high < 0 ? high : Double.MAX_VALUE;
    }
}
