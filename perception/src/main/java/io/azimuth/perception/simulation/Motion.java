package io.azimuth.perception.simulation;

/** Way along a path over time with bounded acceleration. Immutable, thread-safe. */
final class Motion {
    static final double STEP_S = 0.1;
    private static final int SMOOTH = 6;
    private static final double SPEED_UP = 1.5;
    private static final double BRAKE = 1.8;
    private static final double LATERAL = 1.8;

    private final double startS;
    private final double[] speed;
    private final double[] way;

    /** What one may not run into. */
    interface Ahead {
        /**
         * Highest speed at an instant, place on the path and speed such that one can still stop.
         */
        double allowedMps(double t, double wayM, double speedMps);
    }

    /**
     * Drives as fast as the path's bends, the cruising speed and what is ahead allow.
     *
     * @param fromM where on the path it begins
     * @param firstMps the speed at which it begins
     * @param ahead asked every tenth of a second
     */
    Motion(
            Path path,
            double fromM,
            double cruise,
            double firstMps,
            double startS,
            double seconds,
            Ahead ahead) {
        this.startS = startS;
        int n = (int) (seconds / STEP_S) + 3;
        double[] limit = limits(path, cruise);
        double[] raw = new double[n];
        double s = fromM;
        double end = path.lengthM() - 3;
        double v = Math.min(firstMps, ahead(limit, s));
        for (int k = 0; k < n; k++) {
            double allowed = Math.min(cruise, ahead(limit, s));
            allowed = Math.min(allowed, stopping(end - s));
            allowed = Math.min(allowed, ahead.allowedMps(startS + k * STEP_S, s, v));
            v += Math.max(-2 * BRAKE * STEP_S, Math.min(SPEED_UP * STEP_S, allowed - v));
            v = Math.max(0, v);
            raw[k] = v;
            s += v * STEP_S;
        }
        speed = new double[n];
        way = new double[n];
        for (int i = 0; i < n; i++) {
            int r = Math.min(SMOOTH, Math.min(i, n - 1 - i));
            for (int k = i - r; k <= i + r; k++) {
                speed[i] += raw[k] / (2 * r + 1);
            }
            way[i] = i == 0 ? fromM : way[i - 1] + 0.5 * STEP_S * (speed[i - 1] + speed[i]);
        }
    }

    /** Speed from which one comes to rest within a distance. */
    static double stopping(double gapM) {
        return gapM < 0.4 ? 0 : Math.sqrt(2 * BRAKE * (gapM - 0.3));
    }

    private static double[] limits(Path path, double cruise) {
        double[] out = new double[(int) path.lengthM() + 1];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.min(cruise, Math.sqrt(LATERAL / Math.max(1e-6, path.curvature(i))));
        }
        for (int i = out.length - 2; i >= 0; i--) {
            out[i] = Math.min(out[i], Math.sqrt(out[i + 1] * out[i + 1] + 2 * BRAKE));
        }
        return out;
    }

    private static double ahead(double[] limit, double s) {
        return limit[(int) Math.max(0, Math.min(limit.length - 1, s + 0.5))];
    }

    double wayM(double t) {
        double g = Math.max(0, Math.min(way.length - 1.001, (t - startS) / STEP_S));
        int i = (int) g;
        double f = g - i;
        return way[i] + STEP_S * f * (speed[i] + 0.5 * f * (speed[i + 1] - speed[i]));
    }

    double speedMps(double t) {
        double g = Math.max(0, Math.min(way.length - 1.001, (t - startS) / STEP_S));
        int i = (int) g;
        return speed[i] + (g - i) * (speed[i + 1] - speed[i]);
    }
}
