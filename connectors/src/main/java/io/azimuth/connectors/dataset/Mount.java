package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.SensorModel;

/**
 * A sensor as one scan uses it: above the vehicle's centre, a little tilted, a little better or
 * worse than its data sheet.
 *
 * @param kind not mixed
 * @param heightM over the road: uniform in 1.5 .. 2.1
 * @param pitchRad normal, sigma 0.6 degrees
 * @param rollRad normal, sigma 0.6 degrees
 * @param rangeSigmaM noise of the range: uniform in 0.01 .. 0.03
 */
record Mount(
        SensorChoice kind, double heightM, double pitchRad, double rollRad, double rangeSigmaM) {
    private static final double TILT_SIGMA_RAD = Math.toRadians(0.6);

    static Mount drawn(SensorChoice choice, Draws draws) {
        return new Mount(
                choice.drawn(draws),
                draws.between(1.5, 2.1),
                draws.around(0, TILT_SIGMA_RAD),
                draws.around(0, TILT_SIGMA_RAD),
                draws.between(0.01, 0.03));
    }

    SensorModel model(String name) {
        RigidTransform egoFromSensor =
                RigidTransform.ofYawPitchRoll(0, pitchRad, rollRad, 0, 0, heightM);
        return kind.model(name).mountedAt(name, egoFromSensor).withRangeSigmaM(rangeSigmaM);
    }
}
