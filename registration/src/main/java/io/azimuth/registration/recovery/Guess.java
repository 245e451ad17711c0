package io.azimuth.registration.recovery;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.OdometryEstimate;
import io.azimuth.registration.odometry.OdometryState;

/** Poses in the lost frame by way of a relation that is guessed or found. Stateless. */
final class Guess {
    /** What a vehicle may do unseen: change its velocity and its heading. */
    private static final double ACCELERATION_MPS2 = 2;

    private static final double TURN_RADPS = Math.toRadians(15);
    private static final double LEAST_M = 0.5;
    private static final double LEAST_RAD = Math.toRadians(2);

    /** After a jump nothing is known but that it was not far; any heading. */
    private static final double JUMP_M = 50;

    private static final double ANY_RAD = Math.PI / Math.sqrt(3);

    private Guess() {}

    /** Where constant motion leads from the last good pose. */
    static RigidTransform carriedOn(OdometryState last, double seconds) {
        double[] move = last.twist().clone();
        for (int i = 0; i < 6; i++) {
            move[i] *= seconds;
        }
        return last.odomFromSensor().times(RigidTransform.exp(move));
    }

    /** The probe's estimate in the lost frame, held, as uncertain as the cause leaves it. */
    static OdometryEstimate held(OdometryEstimate probe, Search search, double[] twist) {
        double seconds = 1e-9 * (probe.stampNanos() - search.lastGoodNanos());
        boolean jump = search.cause() == JudgedPose.Reason.JUMP;
        double metres = LEAST_M + 0.5 * ACCELERATION_MPS2 * seconds * seconds;
        double radians = Math.min(ANY_RAD, LEAST_RAD + TURN_RADPS * seconds);
        return moved(
                probe,
                search.odomFromProbe(),
                twist,
                widened(
                        probe.covariance(),
                        jump ? ANY_RAD : radians,
                        jump ? JUMP_M : Math.min(JUMP_M, metres)),
                true);
    }

    /** The probe's estimate in the frame that was found again, as sure as two sightings agree. */
    static OdometryEstimate found(
            OdometryEstimate probe, RigidTransform odomFromProbe, RigidTransform disagreement) {
        return moved(
                probe,
                odomFromProbe,
                probe.twist(),
                widened(
                        probe.covariance(),
                        Math.max(Math.toRadians(0.3), disagreement.angleRad()),
                        Math.max(0.1, disagreement.translationNorm())),
                probe.held());
    }

    /** The probe's state in the frame that was found again; its key frames share their points. */
    static OdometryState moved(OdometryState s, RigidTransform odomFromProbe) {
        return new OdometryState(
                s.sweeps(),
                s.lastMidNanos(),
                odomFromProbe.times(s.odomFromSensor()),
                s.twist(),
                s.held(),
                s.deviationM(),
                s.keyFrames().stream().map(f -> f.movedBy(odomFromProbe)).toList(),
                s.first());
    }

    private static OdometryEstimate moved(
            OdometryEstimate e,
            RigidTransform by,
            double[] twist,
            double[] covariance,
            boolean held) {
        return new OdometryEstimate(
                e.seq(),
                e.stampNanos(),
                by.times(e.odomFromSensor()),
                twist.clone(),
                covariance,
                e.inlierRatio(),
                e.rmseM(),
                e.iterations(),
                e.degenerate(),
                false,
                held);
    }

    /** The sum of two independent errors: positive semi-definite as both are. */
    private static double[] widened(double[] covariance, double radians, double metres) {
        double[] out = covariance.clone();
        for (int i = 0; i < 6; i++) {
            out[7 * i] += i < 3 ? radians * radians : metres * metres;
        }
        return out;
    }
}
