package io.azimuth.connectors.drive;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * One sensor of a drive.
 *
 * @param sensorId unique in a fleet, e.g. {@code veh-07/top}
 * @param egoFromSensor where it sits on the vehicle; identity where unknown
 */
public record DriveSensor(String vehicleId, String sensorId, RigidTransform egoFromSensor) {}
