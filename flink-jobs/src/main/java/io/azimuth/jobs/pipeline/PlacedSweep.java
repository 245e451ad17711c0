package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.Detection;
import java.util.Comparator;
import java.util.List;

/**
 * A sweep's detections with the pose that odometry gave it; what the tracker gets.
 *
 * @param egoFromSensor 3x4 row-major, as {@code RigidTransform.toRows()} gives it
 * @param odomFromSensor 3x4 row-major, at {@code stampNanos}
 * @param twist (wx, wy, wz, vx, vy, vz) per second in the sensor's frame
 * @param discontinuity a new odometry frame starts here
 * @param odometryMillis measured; for headers and metrics only
 */
record PlacedSweep(
        SweepTag tag,
        double[] egoFromSensor,
        double[] odomFromSensor,
        double[] twist,
        long stampNanos,
        boolean discontinuity,
        float odometryMillis,
        List<Detection> detections) {

    /** Order in which the sweeps of a vehicle are tracked, whatever the order of their arrival. */
    static final Comparator<PlacedSweep> EVENT_ORDER =
            Comparator.comparingLong((PlacedSweep s) -> s.tag().endNanos())
                    .thenComparing(PlacedSweep::sensorId)
                    .thenComparingLong(s -> s.tag().origin().seq())
                    .thenComparingLong(s -> s.tag().offset());

    PlacedSweep {
        detections = List.copyOf(detections);
    }

    String sensorId() {
        return tag.origin().sensorId();
    }

    String vehicleId() {
        return tag.origin().vehicleId();
    }
}
