package io.azimuth.perception.simulation;

/**
 * Which rings of a slot can meet a box. The box's extents along the slot's heading, across it and
 * upwards bound the slopes of rays that meet it; slopes descend with the ring. Bounds are on the
 * safe side: a ring outside the window misses the box.
 */
final class Window {
    private final SlotRays rays;

    // the slot's axes in the body's frame and the pose's translation there
    private final double[] forward = new double[3];
    private final double[] left = new double[3];
    private final double[] up = new double[3];
    private double offForward;
    private double offLeft;
    private double offUp;

    /** First and last ring, and the distance before which no ray meets the box. */
    int top;

    int bottom;
    double near;

    Window(SlotRays rays) {
        this.rays = rays;
    }

    /** Takes the frame of a body that moves from {@code q} by {@code f} towards {@code later}. */
    void enter(double[] q, double[] later, double f) {
        double mx = rays.mx;
        double my = rays.my;
        for (int k = 0; k < 3; k++) {
            forward[k] = mx * q[k] + my * q[3 + k];
            left[k] = mx * q[3 + k] - my * q[k];
            up[k] = q[6 + k];
        }
        double x = q[9] + f * (later[0] - q[9]) - rays.pose[9];
        double y = q[10] + f * (later[1] - q[10]) - rays.pose[10];
        offForward = mx * x + my * y;
        offLeft = mx * y - my * x;
        offUp = q[11] + f * (later[2] - q[11]) - rays.pose[11];
    }

    /** Whether rays can meet the box; then {@link #top}, {@link #bottom} and {@link #near} hold. */
    boolean open(double[] low, double[] high) {
        double cx = 0.5 * (low[0] + high[0]);
        double cy = 0.5 * (low[1] + high[1]);
        double cz = 0.5 * (low[2] + high[2]);
        double hx = high[0] - cx;
        double hy = high[1] - cy;
        double hz = high[2] - cz;
        double slack = 0.1 + rays.originSpan;
        double f = offForward + forward[0] * cx + forward[1] * cy + forward[2] * cz;
        double df = extent(forward, hx, hy, hz) + slack;
        double far = f + df;
        if (far < 0) {
            return false;
        }
        double l = Math.abs(offLeft + left[0] * cx + left[1] * cy + left[2] * cz);
        if (l - extent(left, hx, hy, hz) - slack > rays.spread * far) {
            return false;
        }
        double u = offUp + up[0] * cx + up[1] * cy + up[2] * cz;
        double du = extent(up, hx, hy, hz) + slack;
        near = Math.max(0, f - df);
        return rings(u - du, u + du, far * (1 + Math.min(10, rays.spread)));
    }

    private boolean rings(double low, double high, double far) {
        if (near < 0.5) {
            top = 0;
            bottom = rays.rings - 1;
            return true;
        }
        double steepest = high > 0 ? high / near : high / far;
        double flattest = low > 0 ? low / far : low / near;
        top = firstBelow(Math.nextUp(steepest));
        bottom = firstBelow(flattest) - 1;
        return top <= bottom;
    }

    private static double extent(double[] axis, double hx, double hy, double hz) {
        return Math.abs(axis[0]) * hx + Math.abs(axis[1]) * hy + Math.abs(axis[2]) * hz;
    }

    /** First ring whose slope is below {@code s}. */
    private int firstBelow(double s) {
        int a = 0;
        int b = rays.rings;
        while (a < b) {
            int m = (a + b) >>> 1;
            if (rays.slope[m] < s) {
                b = m;
            } else {
                a = m + 1;
            }
        }
        return a;
    }
}
