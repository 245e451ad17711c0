package io.azimuth.perception.simulation;

/**
 * Which rings of a slot can meet a box. The box's extents along the slot's heading, across it and
 * upwards bound the slopes of rays that meet it; slopes descend with the ring. Bounds are on the
 * safe side: a ring outside the window misses the box.
 */
final class Window {
    /** Added on every side where the box holds all there is to meet, metres. */
    private static final double SLACK_M = 0.02;

    /** The same where something small may stick out. */
    private static final double LOOSE_M = 0.1;

    private final SlotRays rays;

    // the slot's axes in the body's frame and the pose's translation there
    private double forwardX;
    private double forwardY;
    private double forwardZ;
    private double leftX;
    private double leftY;
    private double leftZ;
    private double upX;
    private double upY;
    private double upZ;
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

    /** Takes the frame of a body whose translation is x, y, z at the slot's time. */
    void enter(double[] q, double x, double y, double z) {
        double mx = rays.mx;
        double my = rays.my;
        forwardX = mx * q[0] + my * q[3];
        forwardY = mx * q[1] + my * q[4];
        forwardZ = mx * q[2] + my * q[5];
        leftX = mx * q[3] - my * q[0];
        leftY = mx * q[4] - my * q[1];
        leftZ = mx * q[5] - my * q[2];
        upX = q[6];
        upY = q[7];
        upZ = q[8];
        double dx = x - rays.pose[9];
        double dy = y - rays.pose[10];
        offForward = mx * dx + my * dy;
        offLeft = mx * dy - my * dx;
        offUp = z - rays.pose[11];
    }

    /**
     * Whether rays can meet the box; then {@link #top}, {@link #bottom} and {@link #near} hold.
     *
     * @param bounds the box's centre and half extents from index {@code b} on
     */
    boolean open(double[] bounds, int b) {
        if (!rays.orderly) {
            return openWide(bounds, b);
        }
        return open(bounds, b, SLACK_M + rays.flatSpan, SLACK_M + rays.liftSpan, rays.lift);
    }

    /** The same for a box out of which small parts may stick, e.g. a car's mirrors. */
    boolean openWide(double[] bounds, int b) {
        double slack = LOOSE_M + rays.originSpan;
        return open(bounds, b, slack, slack, 0);
    }

    private boolean open(double[] bounds, int b, double slack, double slackUp, double lift) {
        double cx = bounds[b];
        double cy = bounds[b + 1];
        double cz = bounds[b + 2];
        double hx = bounds[b + 3];
        double hy = bounds[b + 4];
        double hz = bounds[b + 5];
        double f = offForward + forwardX * cx + forwardY * cy + forwardZ * cz;
        double df = extent(forwardX, forwardY, forwardZ, hx, hy, hz) + slack;
        double far = f + df;
        if (far < 0) {
            return false;
        }
        double l = Math.abs(offLeft + leftX * cx + leftY * cy + leftZ * cz);
        if (l - extent(leftX, leftY, leftZ, hx, hy, hz) - slack > rays.spread * far) {
            return false;
        }
        double u = offUp + upX * cx + upY * cy + upZ * cz - lift;
        double du = extent(upX, upY, upZ, hx, hy, hz) + slackUp;
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
        top = rays.firstBelow(Math.nextUp(steepest));
        bottom = rays.firstBelow(flattest) - 1;
        return top <= bottom;
    }

    private static double extent(double x, double y, double z, double hx, double hy, double hz) {
        return Math.abs(x) * hx + Math.abs(y) * hy + Math.abs(z) * hz;
    }
}
