package io.azimuth.registration.recovery;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * A sweep recognised at a place.
 *
 * @param odomFromProbe where the frame of the odometry that runs while looking lies in the frame
 *     that was lost
 * @param placeSeq sweep of the place
 * @param overlap share of the sweep's voxels on the place's, 0 .. 1
 * @param score of the registration
 * @param margin lead over the best other pose
 */
public record Sighting(
        RigidTransform odomFromProbe, long placeSeq, double overlap, double score, double margin) {
    private static final double AGREE_M = 1.0;
    private static final double AGREE_RAD = Math.toRadians(2);

    /** Whether two sweeps saw the frames lie alike where the sensor is now. */
    boolean agrees(Sighting other, RigidTransform probeFromSensor) {
        RigidTransform off = difference(other.odomFromProbe, probeFromSensor);
        return off.translationNorm() <= AGREE_M && off.angleRad() <= AGREE_RAD;
    }

    /** How far the sensor's poses by this and another relation lie apart. */
    RigidTransform difference(RigidTransform otherOdomFromProbe, RigidTransform probeFromSensor) {
        return odomFromProbe
                .times(probeFromSensor)
                .inverse()
                .times(otherOdomFromProbe.times(probeFromSensor));
    }
}
