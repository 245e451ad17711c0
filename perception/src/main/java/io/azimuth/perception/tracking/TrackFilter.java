package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One track: a Kalman filter with constant velocity for (x, y, vx, vy), running means of height and
 * size, heading, class and score. Noise is the same along x and y, so the covariance is one 2x2
 * block (position, velocity) that both axes share. Source: Bar-Shalom, Li, Kirubarajan (2001), ch.
 * 6.2 (continuous white acceleration: what is predicted in two steps equals one step).
 */
final class TrackFilter {
    /** Numbers of {@link #toArray()} of a track without an appearance. */
    static final int VALUES = 23 + ClassBelief.CLASSES.length;

    /** Numbers of {@link #toArray()} of a track with one. */
    static final int VALUES_WITH_APPEARANCE = VALUES + Appearance.LENGTH;

    /** Seconds over which an acceleration lasts: turns its variance into a spectral density. */
    private static final double MANOEUVRE_SECONDS = 0.1;

    private static final double SIGNIFICANT_SPEED_MPS = 1;
    private static final double SIGNIFICANT_SIGMAS = 3;
    private static final int SIZE_MEMORY = 15;
    private static final double Z_GAIN = 0.3;
    private static final double SCORE_GAIN = 0.3;
    private static final double MISS_PENALTY = 0.15;
    private static final double MAX_LOGIT = 6;

    /** What stands is expected to go on standing. */
    private static final double STANDING_AGILITY = 0.3;

    /** How far back the middle of a measured velocity lies: the speed may have changed since. */
    private static final double CHANGE_SECONDS = 0.1;

    /** Legs, wheels and arms move by themselves: standard deviation of what they feign. */
    private static final double LIMBS_MPS = 0.3;

    /** 99.9 % of a chi-square distribution with two degrees of freedom. */
    private static final double VELOCITY_GATE = 13.8;

    long id;
    double x;
    double y;
    double vx;
    double vy;
    private double pp; // variance of a position, m^2
    private double pv; // covariance of position and velocity along one axis
    private double vv; // variance of a velocity, (m/s)^2
    private double z;
    private double length;
    private double width;
    private double height;
    private Heading heading = new Heading();
    private final ClassBelief belief = new ClassBelief();
    private double @Nullable [] appearance;
    private @Nullable PieceMotion piece;
    private double logit;
    int hits;
    int missed;
    private int history; // bit k: hit k updates ago
    long unseenNanos;
    private int lastSensor; // hash of the sensor that saw it last
    boolean confirmed;

    private TrackFilter() {}

    static TrackFilter of(long id, Measurement m, int sensor, TrackerConfig config) {
        TrackFilter t = new TrackFilter();
        t.id = id;
        t.x = m.box().x();
        t.y = m.box().y();
        t.pp = noise(m, config);
        double speed = firstSpeedMps(m.objectClass());
        t.vv = speed * speed;
        t.z = m.box().z();
        t.length = m.box().length();
        t.width = m.box().width();
        t.height = m.box().height();
        t.heading = Heading.of(m);
        t.takeRecognition(m);
        t.piece = config.pieceMotion() ? PieceMotion.of(m, sensor) : null;
        t.logit = logit(m.score());
        t.hits = 1;
        t.history = 1;
        t.lastSensor = sensor;
        t.confirmed = config.confirmHits() <= 1;
        return t;
    }

    /** Moves the track on in time. */
    void predict(double seconds, TrackerConfig config) {
        double a = config.accelerationMps2() * agility(objectClass());
        if (piece != null) {
            piece.predict(seconds);
            a *= piece.motion() == Motion.STATIC ? STANDING_AGILITY : 1;
        }
        double q = a * a * MANOEUVRE_SECONDS;
        x += vx * seconds;
        y += vy * seconds;
        pp += seconds * (2 * pv + seconds * vv) + q * seconds * seconds * seconds / 3;
        pv += seconds * vv + q * seconds * seconds / 2;
        vv += q * seconds;
    }

    /** Variance of the innovation along one axis: measured at {@code aheadSeconds} of the state. */
    double innovationVariance(Measurement m, TrackerConfig config) {
        double s = m.aheadSeconds();
        return pp + s * (2 * pv + s * vv) + noise(m, config);
    }

    /** Squared distance of a measurement from where the track was then, metres squared. */
    double squaredDistance(Measurement m) {
        double dx = m.box().x() - (x + vx * m.aheadSeconds());
        double dy = m.box().y() - (y + vy * m.aheadSeconds());
        return dx * dx + dy * dy;
    }

    void hit(Measurement m, int sensor, TrackerConfig config, PieceAligner aligner) {
        double s = m.aheadSeconds();
        double variance = innovationVariance(m, config);
        double gainPosition = (pp + s * pv) / variance;
        double gainVelocity = (pv + s * vv) / variance;
        double dx = m.box().x() - (x + vx * s);
        double dy = m.box().y() - (y + vy * s);
        x += gainPosition * dx;
        y += gainPosition * dy;
        vx += gainVelocity * dx;
        vy += gainVelocity * dy;
        // P - K S K^T with the innovation variance S
        pp -= gainPosition * gainPosition * variance;
        pv -= gainPosition * gainVelocity * variance;
        vv -= gainVelocity * gainVelocity * variance;
        hits++;
        followPoints(m, sensor, config, aligner);
        updateShape(m);
        takeRecognition(m);
        logit += SCORE_GAIN * (logit(m.score()) - logit);
        missed = 0;
        unseenNanos = 0;
        lastSensor = sensor;
        history = (history << 1) | 1;
        int window = history & ((1 << config.confirmWindow()) - 1);
        confirmed |= Integer.bitCount(window) >= config.confirmHits();
    }

    private void followPoints(
            Measurement m, int sensor, TrackerConfig config, PieceAligner aligner) {
        if (!config.pieceMotion()) {
            return;
        }
        if (piece == null) {
            piece = PieceMotion.of(m, sensor);
            return;
        }
        PieceMotion.Velocity v = piece.take(m, sensor, aligner);
        if (v == null) {
            return;
        }
        double change = config.accelerationMps2() * agility(objectClass()) * CHANGE_SECONDS;
        double limbs = objectClass().isVehicle() ? 0 : LIMBS_MPS;
        double noise = v.variance() + change * change + limbs * limbs;
        double gainPosition = pv / (vv + noise);
        double gainVelocity = vv / (vv + noise);
        double dvx = v.x() - vx;
        double dvy = v.y() - vy;
        if (!(dvx * dvx + dvy * dvy <= VELOCITY_GATE * (vv + noise))) {
            return; // of another object, or a fit to the wrong place
        }
        x += gainPosition * dvx;
        y += gainPosition * dvy;
        vx += gainVelocity * dvx;
        vy += gainVelocity * dvy;
        pp -= gainPosition * pv;
        pv -= gainVelocity * pv;
        vv -= gainVelocity * vv;
    }

    /** Counts an update without a detection, if it is of the sensor that saw the track last. */
    void miss(int sensor) {
        if (sensor != lastSensor) {
            return; // another sensor may not look there at all
        }
        missed++;
        history <<= 1;
        logit = Math.max(-MAX_LOGIT, logit - MISS_PENALTY);
    }

    private void takeRecognition(Measurement m) {
        belief.add(m.objectClass(), m.score());
        if (m.recognition() != null) {
            belief.add(m.recognition());
            appearance = Appearance.mean(appearance, m.recognition());
        }
    }

    /**
     * How unlike the detection looks, 0 (alike) to 2 (opposite), from embeddings of both; NaN if
     * one of them has none.
     */
    double appearanceDistance(Measurement m) {
        return Appearance.distance(appearance, m.recognition());
    }

    private void updateShape(Measurement m) {
        OrientedBox box = m.box();
        z += Z_GAIN * (box.z() - z);
        double share = 1.0 / Math.min(hits, SIZE_MEMORY);
        height += share * (box.height() - height);
        boolean across = Angles.axisDistance(box.yawRad(), heading.yaw) > Math.PI / 4;
        if (!across) {
            length += share * (box.length() - length);
            width += share * (box.width() - width);
        } else if (box.length() < 1.5 * box.width()) { // nearly square: its sides were mixed up
            length += share * (box.width() - length);
            width += share * (box.length() - width);
        }
        double speed = Math.sqrt(vx * vx + vy * vy);
        boolean moving =
                speed > Math.max(SIGNIFICANT_SPEED_MPS, SIGNIFICANT_SIGMAS * Math.sqrt(vv));
        heading.update(m, moving, StrictMath.atan2(vy, vx));
    }

    OrientedBox box() {
        return new OrientedBox(x, y, z, length, width, height, heading.yaw);
    }

    double longerSide() {
        return Math.max(length, width);
    }

    ObjectClass objectClass() {
        return belief.best();
    }

    double score() {
        return 1 / (1 + StrictMath.exp(-logit));
    }

    Track toTrack() {
        return new Track(
                id, objectClass(), box(), vx, vy, score(), heading.known(), hits, missed, motion());
    }

    Motion motion() {
        return piece == null ? Motion.UNKNOWN : piece.motion();
    }

    /** What its motion is told against, as numbers; none if there is nothing. */
    double[] pieceArray() {
        return piece == null ? new double[0] : piece.toArray();
    }

    /**
     * All of the track but its piece as {@link #VALUES} or {@link #VALUES_WITH_APPEARANCE} finite
     * numbers.
     */
    double[] toArray() {
        double[] seen = appearance;
        double[] out = new double[seen == null ? VALUES : VALUES_WITH_APPEARANCE];
        double[] head = {
            id,
            x,
            y,
            vx,
            vy,
            pp,
            pv,
            vv,
            z,
            length,
            width,
            height,
            heading.yaw,
            heading.axisCos,
            heading.axisSin,
            heading.evidence,
            logit,
            hits,
            missed,
            history,
            unseenNanos,
            lastSensor,
            confirmed ? 1 : 0
        };
        System.arraycopy(head, 0, out, 0, head.length);
        System.arraycopy(belief.evidence, 0, out, head.length, belief.evidence.length);
        if (seen != null) {
            System.arraycopy(seen, 0, out, VALUES, seen.length);
        }
        return out;
    }

    static TrackFilter fromArrays(double[] v, double[] piece) {
        TrackFilter t = new TrackFilter();
        t.piece = piece.length == 0 ? null : PieceMotion.fromArray(piece);
        t.id = (long) v[0];
        t.x = v[1];
        t.y = v[2];
        t.vx = v[3];
        t.vy = v[4];
        t.pp = v[5];
        t.pv = v[6];
        t.vv = v[7];
        t.z = v[8];
        t.length = v[9];
        t.width = v[10];
        t.height = v[11];
        t.heading.yaw = v[12];
        t.heading.axisCos = v[13];
        t.heading.axisSin = v[14];
        t.heading.evidence = v[15];
        t.logit = v[16];
        t.hits = (int) v[17];
        t.missed = (int) v[18];
        t.history = (int) v[19];
        t.unseenNanos = (long) v[20];
        t.lastSensor = (int) v[21];
        t.confirmed = v[22] != 0;
        System.arraycopy(v, 23, t.belief.evidence, 0, t.belief.evidence.length);
        if (v.length == VALUES_WITH_APPEARANCE) {
            t.appearance = Arrays.copyOfRange(v, VALUES, v.length);
        }
        return t;
    }

    /** Few points and long boxes (of which one end is hidden) blur the centre. */
    private static double noise(Measurement m, TrackerConfig config) {
        double sigma = config.positionSigmaM();
        double hidden = 0.05 * m.box().length();
        return sigma * sigma * (1 + 20.0 / Math.max(5, m.points())) + hidden * hidden;
    }

    private static double agility(ObjectClass objectClass) {
        return switch (objectClass) {
            case PEDESTRIAN -> 0.4;
            case CYCLIST -> 0.6;
            default -> 1;
        };
    }

    /**
     * Speeds that an object may have when it is first seen, one sigma along each axis. A vehicle's
     * gate at 10 Hz then reaches 3.8 m: traffic that comes at 130 km/h is followed from the start.
     */
    private static double firstSpeedMps(ObjectClass objectClass) {
        return switch (objectClass) {
            case PEDESTRIAN -> 1.5;
            case CYCLIST -> 4;
            default -> 12;
        };
    }

    private static double logit(double score) {
        double p = Math.max(0.01, Math.min(0.99, score));
        return StrictMath.log(p / (1 - p));
    }
}
