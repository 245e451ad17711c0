package io.azimuth.registration.ume;

import java.util.Arrays;

/**
 * Moments of the points around a key point in gravity mode: for each of K = 60 invariant weights
 * (20 channels times 3 soft rings) the mass {@code m_k = sum w_k} and the complex first moment
 * {@code u_k = sum w_k z} with {@code z = (x - px) + j (y - py)}. A turn by yaw leaves m and turns
 * every u_k by the same phase; a shift changes nothing. Source: UMERegRobust's matrix of moments,
 * restricted to turns about the vertical.
 *
 * <p>Summed in the order the points come. Reusable; not thread-safe.
 */
final class UmeMoments {
    static final double RADIUS_M = 10;
    static final int RINGS = 3;
    static final int COUNT = Channels.COUNT * RINGS;

    private static final double[] CENTRES_M = {1.5, 4.5, 7.5};
    private static final double SIGMA_M = 1.3;
    private static final int STEPS = 2048;

    /**
     * Ring weights over the squared distance, linear between entries so that they have no jumps.
     */
    private static final double[] RING_WEIGHTS = ringWeights();

    final double[] mass = new double[COUNT];
    final double[] re = new double[COUNT];
    final double[] im = new double[COUNT];
    int points;

    void clear() {
        Arrays.fill(mass, 0);
        Arrays.fill(re, 0);
        Arrays.fill(im, 0);
        points = 0;
    }

    /** Adds point i of the channels at (dx, dy) metres from the key point. */
    void add(Channels channels, int i, double dx, double dy) {
        double rho2 = dx * dx + dy * dy;
        if (!(rho2 < RADIUS_M * RADIUS_M)) {
            return;
        }
        points++;
        double position = rho2 * (STEPS / (RADIUS_M * RADIUS_M));
        int step = (int) position;
        double b = position - step;
        int o = RINGS * step;
        double w0 = (1 - b) * RING_WEIGHTS[o] + b * RING_WEIGHTS[o + 3];
        double w1 = (1 - b) * RING_WEIGHTS[o + 1] + b * RING_WEIGHTS[o + 4];
        double w2 = (1 - b) * RING_WEIGHTS[o + 2] + b * RING_WEIGHTS[o + 5];
        double x = dx / RADIUS_M;
        double y = dy / RADIUS_M;
        int end = channels.starts[i + 1];
        for (int e = channels.starts[i]; e < end; e++) {
            int k = RINGS * channels.channel[e];
            double w = channels.weight[e];
            put(k, w * w0, x, y);
            put(k + 1, w * w1, x, y);
            put(k + 2, w * w2, x, y);
        }
    }

    private void put(int k, double w, double x, double y) {
        mass[k] += w;
        re[k] += w * x;
        im[k] += w * y;
    }

    private static double[] ringWeights() {
        double[] out = new double[RINGS * (STEPS + 2)];
        for (int s = 0; s <= STEPS; s++) {
            double rho2 = s * (RADIUS_M * RADIUS_M / STEPS);
            double rho = Math.sqrt(rho2);
            double taper = 1 - rho2 / (RADIUS_M * RADIUS_M);
            for (int r = 0; r < RINGS; r++) {
                double e = (rho - CENTRES_M[r]) / SIGMA_M;
                out[RINGS * s + r] = taper * Math.exp(-0.5 * e * e);
            }
        }
        return out;
    }
}
