package io.azimuth.connectors.wire;

import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.OdometryEstimate;
import io.azimuth.registration.recovery.JudgedPose;
import io.azimuth.registration.recovery.PoseVerdict;
import io.azimuth.registration.recovery.Sighting;
import java.util.List;

/** The pose of one sweep, to and from {@code PoseEstimate}. Stateless, thread-safe. */
public final class PoseMessages {
    private PoseMessages() {}

    /**
     * The pose with what is thought of it.
     *
     * @param missingBefore sweeps missing between this one and the one before
     */
    public static Contract.PoseEstimate toProto(
            Origin origin, JudgedPose pose, RigidTransform egoFromSensor, long missingBefore) {
        Contract.PoseEstimate.Builder out =
                toProto(origin, pose.estimate(), egoFromSensor, missingBefore).toBuilder()
                        .setVerdict(Contract.PoseVerdict.valueOf(pose.verdict().name()));
        if (pose.reason() != JudgedPose.Reason.NONE) {
            out.setReason(pose.reason().name());
        }
        Sighting seen = pose.sighting();
        if (seen != null) {
            out.setSighting(
                    Contract.Sighting.newBuilder()
                            .setSeq(seen.placeSeq())
                            .setOverlap(seen.overlap())
                            .setScore(seen.score())
                            .setMargin(seen.margin()));
        }
        return out.build();
    }

    /**
     * The verdict; of a record without one, what its flags say. A verdict of a later release reads
     * as {@link PoseVerdict#HELD}: not to be relied on.
     */
    public static PoseVerdict verdict(Contract.PoseEstimate p) {
        return switch (p.getVerdict()) {
            case INITIALISING -> PoseVerdict.INITIALISING;
            case TRACKING -> PoseVerdict.TRACKING;
            case DEGENERATE -> PoseVerdict.DEGENERATE;
            case HELD, UNRECOGNIZED -> PoseVerdict.HELD;
            case RECOVERING -> PoseVerdict.RECOVERING;
            case RECOVERED -> PoseVerdict.RECOVERED;
            case LOST -> PoseVerdict.LOST;
            case POSE_VERDICT_UNSPECIFIED -> ofFlags(p);
        };
    }

    private static PoseVerdict ofFlags(Contract.PoseEstimate p) {
        if (p.getHeld()) {
            return PoseVerdict.HELD;
        }
        if (p.getDiscontinuity()) {
            return PoseVerdict.INITIALISING;
        }
        return p.getDegenerate() ? PoseVerdict.DEGENERATE : PoseVerdict.TRACKING;
    }

    /**
     * The pose without a verdict.
     *
     * @param missingBefore sweeps missing between this one and the one before
     */
    public static Contract.PoseEstimate toProto(
            Origin origin,
            OdometryEstimate estimate,
            RigidTransform egoFromSensor,
            long missingBefore) {
        Contract.PoseEstimate.Builder out =
                Contract.PoseEstimate.newBuilder()
                        .setEventId(origin.eventId())
                        .setVehicleId(origin.vehicleId())
                        .setSensorId(origin.sensorId())
                        .setDriveId(origin.driveId())
                        .setSeq(origin.seq())
                        .setStampNs(estimate.stampNanos())
                        .setOdomFromSensor(GeometryMessages.toProto(estimate.odomFromSensor()))
                        .setInlierRatio(estimate.inlierRatio())
                        .setRmseM(estimate.rmseM())
                        .setIterations(estimate.iterations())
                        .setDegenerate(estimate.degenerate())
                        .setDiscontinuity(estimate.discontinuity())
                        .setHeld(estimate.held())
                        .setEgoFromSensor(GeometryMessages.toProto(egoFromSensor))
                        .setMissingBefore(missingBefore);
        for (double v : estimate.twist()) {
            out.addTwist(v);
        }
        for (double v : estimate.covariance()) {
            out.addCovariance(v);
        }
        return out.build();
    }

    /**
     * The estimate; its rotation passed through a quaternion and may differ in the last bits.
     *
     * @throws MalformedDataException if a transform, the twist or the covariance is none
     */
    public static OdometryEstimate fromProto(Contract.PoseEstimate p) {
        try {
            return new OdometryEstimate(
                    p.getSeq(),
                    p.getStampNs(),
                    GeometryMessages.fromProto(p.getOdomFromSensor()),
                    array("twist", p.getTwistList(), 6),
                    array("covariance", p.getCovarianceList(), 36),
                    p.getInlierRatio(),
                    p.getRmseM(),
                    p.getIterations(),
                    p.getDegenerate(),
                    p.getDiscontinuity(),
                    p.getHeld());
        } catch (IllegalArgumentException e) {
            throw GeometryMessages.malformed(origin(p), "pose", e);
        }
    }

    /**
     * Where the sensor sits on the vehicle.
     *
     * @throws MalformedDataException if it is no transform
     */
    public static RigidTransform egoFromSensor(Contract.PoseEstimate p) {
        try {
            return GeometryMessages.fromProto(p.getEgoFromSensor());
        } catch (IllegalArgumentException e) {
            throw GeometryMessages.malformed(origin(p), "pose", e);
        }
    }

    public static Origin origin(Contract.PoseEstimate p) {
        return new Origin(
                p.getEventId(), p.getVehicleId(), p.getSensorId(), p.getDriveId(), p.getSeq());
    }

    private static double[] array(String name, List<Double> values, int expected) {
        if (values.size() != expected) {
            throw new IllegalArgumentException(
                    name + " has " + values.size() + " numbers, expected " + expected);
        }
        double[] out = new double[expected];
        for (int i = 0; i < expected; i++) {
            out[i] = values.get(i);
        }
        return out;
    }
}
