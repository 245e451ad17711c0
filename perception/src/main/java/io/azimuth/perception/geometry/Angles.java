package io.azimuth.perception.geometry;

/** Arithmetic on angles in radians. */
public final class Angles {
    public static final double TWO_PI = 2 * Math.PI;

    private Angles() {}

    /** The equal angle in [-pi, pi); NaN and infinities give NaN. */
    public static double wrap(double angle) {
        if (angle >= -Math.PI && angle < Math.PI) {
            return angle;
        }
        double turns = Math.floor((angle + Math.PI) / TWO_PI);
        double wrapped = angle - turns * TWO_PI;
        if (wrapped >= Math.PI) {
            wrapped -= TWO_PI;
        }
        return wrapped < -Math.PI ? -Math.PI : wrapped;
    }

    /** Shortest signed turn from {@code from} to {@code to}, in [-pi, pi). */
    public static double difference(double to, double from) {
        return wrap(to - from);
    }

    /** Smallest angle between two undirected axes, in [0, pi/2]. */
    public static double axisDistance(double a, double b) {
        double d = Math.abs(wrap(a - b));
        return d > Math.PI / 2 ? Math.PI - d : d;
    }
}
