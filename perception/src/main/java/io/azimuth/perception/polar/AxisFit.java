package io.azimuth.perception.polar;

/**
 * Which way a vehicle's sides run: the turn of its box after which its points lie nearest to the
 * outermost ones along and across, for sides are what a sensor sees. Cells and point networks learn
 * that from many examples to some degrees; edges say it to one. Buffers are reused; not
 * thread-safe.
 *
 * <p>Source: Zhang, Xu, Dong, Dolan, "Efficient L-shape fitting for vehicle detection using laser
 * scanners" (IV 2017), the closeness criterion; differs: distances are squared and bounded, a few
 * outermost points do not count as an edge, and the box's own yaw is the prior.
 */
final class AxisFit {
    /** Fewer points than these do not show a side. */
    static final int LEAST_POINTS = 8;

    /** Points lie so far off a side: range noise, curved bodies, mirrors. */
    private static final double OFF_SIDE_M = 0.08;

    /** No point costs more than one that is twice as far off. */
    private static final double MOST_COST = 2;

    /** Neighbouring points share their errors: more than these say no more. */
    private static final int MOST_WITNESSES = 20;

    /** How far yaws of boxes are off before, radians. */
    private static final double PRIOR_RAD = 0.07;

    private static final double STEP_RAD = 0.04;
    private static final int STEPS = 10;
    private static final int HALVINGS = 3;

    /** One point in so many may lie beyond a side. */
    private static final int OUTLIERS = 32;

    private final double[] along = new double[CandidatePoints.POINTS];
    private final double[] across = new double[CandidatePoints.POINTS];
    private final double[] turnedAlong = new double[CandidatePoints.POINTS];
    private final double[] turnedAcross = new double[CandidatePoints.POINTS];
    private int n;

    void clear() {
        n = 0;
    }

    /** A point of the outline in the box's frame, metres; up to {@link CandidatePoints#POINTS}. */
    void add(double u, double v) {
        along[n] = u;
        across[n++] = v;
    }

    /** Turn of the box, radians, counter-clockwise, at most 0.435; 0 if there are few points. */
    double turnRad() {
        if (n < LEAST_POINTS) {
            return 0;
        }
        double best = 0;
        double least = cost(0);
        for (int k = 1; k <= STEPS; k++) {
            for (int side = -1; side <= 1; side += 2) {
                double turn = side * k * STEP_RAD;
                double cost = cost(turn);
                if (cost < least) {
                    least = cost;
                    best = turn;
                }
            }
        }
        double step = STEP_RAD;
        for (int round = 0; round < HALVINGS; round++) {
            step /= 2;
            double centre = best;
            for (int side = -1; side <= 1; side += 2) {
                double cost = cost(centre + side * step);
                if (cost < least) {
                    least = cost;
                    best = centre + side * step;
                }
            }
        }
        return best;
    }

    private double cost(double turn) {
        double c = StrictMath.cos(turn);
        double s = StrictMath.sin(turn);
        for (int i = 0; i < n; i++) {
            turnedAlong[i] = along[i] * c + across[i] * s;
            turnedAcross[i] = across[i] * c - along[i] * s;
        }
        int beyond = n / OUTLIERS;
        double back = -outermost(turnedAlong, -1, beyond);
        double front = outermost(turnedAlong, 1, beyond);
        double right = -outermost(turnedAcross, -1, beyond);
        double left = outermost(turnedAcross, 1, beyond);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double u = turnedAlong[i];
            double v = turnedAcross[i];
            double off =
                    Math.min(
                            Math.min(Math.abs(u - back), Math.abs(u - front)),
                            Math.min(Math.abs(v - right), Math.abs(v - left)));
            sum += Math.min(off * off / (2 * OFF_SIDE_M * OFF_SIDE_M), MOST_COST);
        }
        return sum / n * Math.min(n, MOST_WITNESSES) + turn * turn / (2 * PRIOR_RAD * PRIOR_RAD);
    }

    /**
     * The greatest of {@code sign * values} but {@code beyond} greater ones, of which are 0 to 2.
     */
    private double outermost(double[] values, int sign, int beyond) {
        double first = Double.NEGATIVE_INFINITY;
        double second = first;
        double third = first;
        for (int i = 0; i < n; i++) {
            double value = sign * values[i];
            if (value > third) {
                third = Math.min(value, second);
                second = Math.max(second, Math.min(value, first));
                first = Math.max(first, value);
            }
        }
        return beyond == 0 ? first : beyond == 1 ? second : third;
    }
}
