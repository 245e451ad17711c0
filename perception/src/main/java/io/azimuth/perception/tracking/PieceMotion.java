package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.Detection;
import org.jspecify.annotations.Nullable;

/**
 * A track's motion as its points tell it: the object is one rigid piece, so its points of now are
 * those of a moment ago, shifted along the ground and turned, while those of what stands lie where
 * they lay. The idea of moving pieces beside a background is that of APEN (Lei et al.,
 * "Approximately Piecewise E(3) Equivariant Point Networks", 2024); the pieces are tracks here.
 * Sightings {@link #LEAST_SECONDS} apart are compared, each but once, so that what they tell is
 * independent.
 */
final class PieceMotion {
    /**
     * The mean velocity between two sightings.
     *
     * @param variance of each component, (m/s)^2
     */
    record Velocity(double x, double y, double variance) {}

    private static final double LEAST_SECONDS = 0.35;

    /** The first word is wanted soon. */
    private static final double FIRST_SECONDS = 0.25;

    private static final double MOST_SECONDS = 1;

    /** What a change of the view may shift, whatever the points say: standard deviation, metres. */
    private static final double VIEW_SIGMA_M = 0.06;

    /** Guesses nearer to each other than this lead to one fit. */
    private static final double APART_M = 0.25;

    private static final double SAME_M = 0.1;

    /** Of two fits one must be better by this, in mean cost, or neither is believed. */
    private static final double BETTER = 0.1;

    /** Fits that cost more are none. */
    private static final double MOST_COST = 4;

    /** Nothing new follows from fits that cost more: a fifth of them is off by 3 m/s and more. */
    private static final double DOUBTFUL_COST = 1;

    /** By how much a cost of one makes the variance of a velocity larger. */
    private static final double DOUBT = 4;

    /** Slower is standing, if it is known so well. */
    private static final double SLOW_MPS = 0.5;

    /** What is sampled otherwise from another side may seem to move so far. */
    private static final double LEAST_SHIFT_M = 0.22;

    /** By how much, in mean cost, an object that moves must lie badly where it lay. */
    private static final double MISFIT = 1;

    private static final double SIGMAS = 3;
    private static final int FIELDS = 5;

    private Motion motion = Motion.UNKNOWN;
    private int sensor;
    private double age; // seconds from the first sighting to the track's instant
    private double x; // centre of the box then
    private double y;
    private double[] points; // then: x, y, z by point, odometry frame

    private PieceMotion(double[] points) {
        this.points = points;
    }

    /** What motion will be told against; null if the detection brings no points. */
    static @Nullable PieceMotion of(Measurement m, int sensor) {
        if (m.points3d() == null) {
            return null;
        }
        PieceMotion out = new PieceMotion(m.points3d());
        out.restart(m, m.points3d(), sensor);
        return out;
    }

    Motion motion() {
        return motion;
    }

    /** Moves the track's instant on; what was seen too long ago says nothing of now. */
    void predict(double seconds) {
        age += seconds;
        if (age > MOST_SECONDS) {
            motion = Motion.UNKNOWN;
        }
    }

    /**
     * Takes in a detection of the track.
     *
     * @return the velocity, if enough time has passed and the points tell it
     */
    @Nullable Velocity take(Measurement m, int seenBy, PieceAligner aligner) {
        double seconds = age + m.aheadSeconds();
        double[] now = m.points3d();
        if (now == null || (seenBy != sensor && seconds < MOST_SECONDS)) {
            return null; // another sensor sees another side
        }
        if (seconds < (motion == Motion.UNKNOWN ? FIRST_SECONDS : LEAST_SECONDS)) {
            return null;
        }
        Velocity out = null;
        if (seenBy == sensor && seconds <= MOST_SECONDS) {
            aligner.load(points, now);
            PieceAligner.Fit fit = best(m, seconds, aligner);
            out = judged(fit, aligner.cost(0, 0), seconds);
        }
        restart(m, now, seenBy);
        return out;
    }

    /**
     * The fit downhill from where it stood or from where its box went to, whichever is better; null
     * if they differ and none is.
     */
    private PieceAligner.@Nullable Fit best(Measurement m, double seconds, PieceAligner aligner) {
        PieceAligner.Fit standing = aligner.align(0, 0, seconds, x, y);
        double dx = m.box().x() - x;
        double dy = m.box().y() - y;
        double apart = length(dx - standing.shiftX(), dy - standing.shiftY());
        if (apart < APART_M) {
            return standing;
        }
        PieceAligner.Fit gone = aligner.align(dx, dy, seconds, x, y);
        double differ =
                length(gone.shiftX() - standing.shiftX(), gone.shiftY() - standing.shiftY());
        double worse = standing.cost() - gone.cost();
        if (differ > SAME_M && Math.abs(worse) < BETTER) {
            return null;
        }
        return worse > 0 ? gone : standing;
    }

    private @Nullable Velocity judged(
            PieceAligner.@Nullable Fit fit, double standing, double seconds) {
        if (fit == null || !(fit.cost() <= MOST_COST)) {
            motion = Motion.UNKNOWN;
            return null;
        }
        boolean elsewhere = standing > fit.cost() + MISFIT;
        if (fit.cost() > DOUBTFUL_COST) {
            if (motion == (elsewhere ? Motion.STATIC : Motion.MOVING)) {
                motion = Motion.UNKNOWN; // the little that the points say is against it
            }
            return null;
        }
        double view = VIEW_SIGMA_M * VIEW_SIGMA_M;
        double xx = fit.varianceXx() + view;
        double yy = fit.varianceYy() + view;
        double xy = fit.varianceXy();
        double det = xx * yy - xy * xy;
        double squared =
                (yy * fit.shiftX() * fit.shiftX()
                                - 2 * xy * fit.shiftX() * fit.shiftY()
                                + xx * fit.shiftY() * fit.shiftY())
                        / det;
        double shift = length(fit.shiftX(), fit.shiftY());
        double sigma = Math.sqrt(fit.mostVariance() + view);
        double slow = SLOW_MPS * seconds;
        if (squared > SIGMAS * SIGMAS && shift > Math.max(slow, LEAST_SHIFT_M) && elsewhere) {
            motion = Motion.MOVING;
        } else if (shift <= slow && sigma < slow) {
            motion = Motion.STATIC;
        } else if (sigma > slow) {
            motion = Motion.UNKNOWN;
        }
        double doubt = 1 + DOUBT * fit.cost() * fit.cost();
        double variance = doubt * sigma * sigma / (seconds * seconds);
        return new Velocity(fit.shiftX() / seconds, fit.shiftY() / seconds, variance);
    }

    private static double length(double dx, double dy) {
        return Math.sqrt(dx * dx + dy * dy);
    }

    private void restart(Measurement m, double[] now, int seenBy) {
        sensor = seenBy;
        age = -m.aheadSeconds();
        x = m.box().x();
        y = m.box().y();
        points = now;
    }

    /** All of it as finite numbers. */
    double[] toArray() {
        double[] out = new double[FIELDS + points.length];
        out[0] = motion.ordinal();
        out[1] = sensor;
        out[2] = age;
        out[3] = x;
        out[4] = y;
        System.arraycopy(points, 0, out, FIELDS, points.length);
        return out;
    }

    /**
     * Of an array that {@link #toArray} may have written, or an empty one.
     *
     * @throws IllegalArgumentException otherwise
     */
    static void requireForm(double[] v) {
        boolean good =
                v.length == 0
                        || (v.length >= FIELDS
                                && (v.length - FIELDS) % 3 == 0
                                && v.length - FIELDS <= 3 * Detection.Returns.MAX_POINTS
                                && v[0] >= 0
                                && v[0] < Motion.values().length);
        if (!good) {
            throw new IllegalArgumentException(
                    "tracker state: a track's piece has %d numbers, expected none or %d and three a point; it was written by another version"
                            .formatted(v.length, FIELDS));
        }
    }

    static PieceMotion fromArray(double[] v) {
        double[] points = new double[v.length - FIELDS];
        System.arraycopy(v, FIELDS, points, 0, points.length);
        PieceMotion out = new PieceMotion(points);
        out.motion = Motion.values()[(int) v[0]];
        out.sensor = (int) v[1];
        out.age = v[2];
        out.x = v[3];
        out.y = v[4];
        return out;
    }
}
