package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.List;

/**
 * What one sensor saw in one sweep, placed in the odometry frame.
 *
 * @param stampNanos the instant of {@code odomFromSensor} (mid-sweep)
 * @param startNanos the sweep's start, to which the detections' time offsets refer
 * @param odomFromSensor the sensor's pose at {@code stampNanos}
 * @param sensorTwist the sensor's motion (wx, wy, wz, vx, vy, vz) per second in its own frame, to
 *     move each detection from its own measuring instant to {@code stampNanos}; owned by the record
 * @param detections in the sensor's frame, each at its own measuring instant
 */
public record Observation(
        String sensorId,
        long stampNanos,
        long startNanos,
        RigidTransform odomFromSensor,
        double[] sensorTwist,
        List<Detection> detections) {
    public Observation {
        if (sensorTwist.length != 6) {
            throw new IllegalArgumentException(
                    "observation of %s: twist has %d numbers, expected 6 (wx, wy, wz, vx, vy, vz)"
                            .formatted(sensorId, sensorTwist.length));
        }
        detections = List.copyOf(detections);
    }
}
