package io.azimuth.perception.ground;

import java.util.Arrays;

/**
 * The dominant low plane {@code z = a x + b y + c} near the sensor, from the lowest points of the
 * profile's cells. Votes over a grid of slopes and heights (so that neither a wall nor a row of
 * cars pulls it), then three rounds of least squares on the cells within 0.15 m.
 */
final class GroundPlane {
    private static final double VOTE_STEP_M = 0.1;
    private static final double INLIER_M = 0.15;
    private static final int VOTERS = 400;
    private static final int SLOPE_STEPS = 4;
    private static final int REFINEMENTS = 3;

    private final GroundConfig config;
    private final int[] votes;
    double a;
    double b;
    double c;
    int support;

    GroundPlane(GroundConfig config) {
        this.config = config;
        // cells may lie above or below the sensor's foot by the steepest slope
        this.votes = new int[(int) Math.ceil((config.maxSensorHeightM() + 8) / VOTE_STEP_M) + 4];
    }

    /**
     * Fits to {@code n} cells; with fewer than three cells the plane is level through the lowest.
     */
    void fit(float[] x, float[] y, float[] z, int n) {
        a = 0;
        b = 0;
        c = -1.7;
        support = 0;
        if (n == 0) {
            return;
        }
        vote(x, y, z, n);
        for (int round = 0; round < REFINEMENTS && n >= 3; round++) {
            refine(x, y, z, n);
        }
    }

    private void vote(float[] x, float[] y, float[] z, int n) {
        int best = -1;
        for (int i = -SLOPE_STEPS; i <= SLOPE_STEPS; i++) {
            for (int j = -SLOPE_STEPS; j <= SLOPE_STEPS; j++) {
                double sx = config.maxSlope() * i / SLOPE_STEPS;
                double sy = config.maxSlope() * j / SLOPE_STEPS;
                int found = bestHeight(x, y, z, n, sx, sy);
                int level = i * i + j * j;
                // a level plane wins over an equally supported tilted one
                int merit =
                        votes[found]
                                + votes[found + 1]
                                + votes[found - 1]
                                - n / (1 + n / VOTERS) * level / 800;
                if (merit > best) {
                    best = merit;
                    a = sx;
                    b = sy;
                    c = -(found + 0.5) * VOTE_STEP_M + 4;
                }
            }
        }
    }

    /** Index of the height with most votes among the three-bin sums; lower wins on a tie. */
    private int bestHeight(float[] x, float[] y, float[] z, int n, double sx, double sy) {
        Arrays.fill(votes, 0);
        int stride = 1 + n / VOTERS;
        for (int i = 0; i < n; i += stride) {
            double height = z[i] - sx * x[i] - sy * y[i];
            int bin = (int) ((4 - height) / VOTE_STEP_M);
            if (height < 4 && bin < votes.length) {
                votes[bin]++;
            }
        }
        int first = (int) ((4 + config.minSensorHeightM()) / VOTE_STEP_M);
        int last = (int) ((4 + config.maxSensorHeightM()) / VOTE_STEP_M);
        int best = first;
        int most = -1;
        for (int k = first; k <= last && k + 1 < votes.length; k++) {
            int sum = votes[k - 1] + votes[k] + votes[k + 1];
            if (sum >= most) {
                most = sum;
                best = k;
            }
        }
        return best;
    }

    /** Least squares over the cells within {@link #INLIER_M}, slopes damped towards level. */
    private void refine(float[] x, float[] y, float[] z, int n) {
        double sx = 0;
        double sy = 0;
        double sz = 0;
        int k = 0;
        for (int i = 0; i < n; i++) {
            if (Math.abs(z[i] - a * x[i] - b * y[i] - c) < INLIER_M) {
                sx += x[i];
                sy += y[i];
                sz += z[i];
                k++;
            }
        }
        support = k;
        if (k < 3) {
            return;
        }
        double mx = sx / k;
        double my = sy / k;
        double mz = sz / k;
        double xx = 20;
        double xy = 0;
        double yy = 20;
        double xz = 0;
        double yz = 0;
        for (int i = 0; i < n; i++) {
            if (Math.abs(z[i] - a * x[i] - b * y[i] - c) < INLIER_M) {
                double dx = x[i] - mx;
                double dy = y[i] - my;
                double dz = z[i] - mz;
                xx += dx * dx;
                xy += dx * dy;
                yy += dy * dy;
                xz += dx * dz;
                yz += dy * dz;
            }
        }
        double det = xx * yy - xy * xy;
        double limit = config.maxSlope();
        a = Math.max(-limit, Math.min(limit, (yy * xz - xy * yz) / det));
        b = Math.max(-limit, Math.min(limit, (xx * yz - xy * xz) / det));
        c = mz - a * mx - b * my;
    }
}
