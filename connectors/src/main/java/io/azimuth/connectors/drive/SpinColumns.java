package io.azimuth.connectors.drive;

import io.azimuth.perception.geometry.PointCloud;

/**
 * Gives the clouds of a spinning LiDAR the columns that a bare x, y, z, intensity file lacks. Time:
 * KITTI's sensor turns clockwise seen from above, so that a point at azimuth a was measured at
 * fraction {@code 0.5 - a / (2 pi)} of the sweep, 0.5 being straight ahead. Ring: points come laser
 * by laser, each by azimuth from 0 to 360 degrees counter-clockwise, so that a fall of the azimuth
 * starts a new laser. Source: KITTI raw devkit; KISS-ICP, {@code datasets/kitti.py}.
 *
 * <p>The azimuth comes from a polynomial with an error of at most 1e-5 rad (Abramowitz and Stegun
 * 4.4.49): 1.6e-6 of a sweep, 160 ns at 10 Hz. Stateless, allocates nothing.
 */
final class SpinColumns {
    private static final float A1 = 0.9998660f;
    private static final float A3 = -0.3302995f;
    private static final float A5 = 0.1801410f;
    private static final float A7 = -0.0851330f;
    private static final float A9 = 0.0208351f;
    private static final float TURNS = (float) (0.5 / Math.PI);

    /** A fall of the azimuth by more than this, in turns, starts a new ring. */
    private static final float RING_FALL = 0.1f;

    /** Nearer than this, metres, nothing was measured: a beam without return, no azimuth. */
    private static final float NO_RETURN = 0.1f;

    private static final int FEWEST_RINGS = 8;
    private static final int MOST_RINGS = 128;

    /** Share of points that may step back inside a ring (two close returns swap at times). */
    private static final double STEPS_BACK = 0.02;

    private SpinColumns() {}

    /**
     * Fills times and, where they come out plausible, rings.
     *
     * @param durationNanos of the sweep; at most 2^31 - 1 ns count
     * @param wantTime whether to fill times
     * @param wantRing whether to try rings
     */
    static void fill(PointCloud cloud, long durationNanos, boolean wantTime, boolean wantRing) {
        float[] x = cloud.x();
        float[] y = cloud.y();
        int[] time = cloud.timeOffsetNanos();
        short[] ring = cloud.ring();
        float duration = (float) Math.min(Integer.MAX_VALUE, durationNanos);
        int n = cloud.size();
        int laser = 0;
        int back = 0;
        float last = 0;
        for (int i = 0; i < n; i++) {
            float turns = turns(y[i], x[i]);
            float full = full(turns);
            if (Math.max(Math.abs(x[i]), Math.abs(y[i])) > NO_RETURN) {
                back += full < last ? 1 : 0;
                laser += last - full > RING_FALL ? 1 : 0;
                last = full;
            }
            ring[i] = (short) laser;
            time[i] = (int) ((0.5f - turns) * duration);
        }
        int rings = laser + 1;
        boolean plausible =
                rings >= FEWEST_RINGS && rings <= MOST_RINGS && back - laser <= STEPS_BACK * n;
        cloud.declare(wantRing && plausible, wantTime);
    }

    /** Fills times alone; rings stay as they are. The caller declares the column. */
    static void fillTimes(PointCloud cloud, long durationNanos) {
        float[] x = cloud.x();
        float[] y = cloud.y();
        int[] time = cloud.timeOffsetNanos();
        float duration = (float) Math.min(Integer.MAX_VALUE, durationNanos);
        for (int i = 0; i < cloud.size(); i++) {
            time[i] = (int) ((0.5f - turns(y[i], x[i])) * duration);
        }
    }

    /** atan2 in turns, in [-0.5, 0.5], with the sign of {@code y}; 0 for the origin. */
    static float turns(float y, float x) {
        float ax = Math.abs(x);
        float ay = Math.abs(y);
        float high = Math.max(ax, ay);
        float q = high > 0 ? Math.min(ax, ay) / high : 0;
        float s = q * q;
        float a = ((((A9 * s + A7) * s + A5) * s + A3) * s + A1) * q * TURNS;
        a = ay > ax ? 0.25f - a : a;
        a = x < 0 ? 0.5f - a : a;
        return Math.copySign(a, y);
    }

    /**
     * The azimuth counter-clockwise from straight ahead in [0, 1]; {@code -0.0}, as files with
     * rounded coordinates have at the end of a ring, is 1.
     */
    static float full(float turns) {
        return Float.floatToRawIntBits(turns) < 0 ? turns + 1 : turns;
    }
}
