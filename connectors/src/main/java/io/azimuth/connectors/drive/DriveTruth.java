package io.azimuth.connectors.drive;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known to be true of a drive, by {@link DriveSensor#sensorId()}. Sensors without truth are
 * absent.
 */
public record DriveTruth(Map<String, SensorTruth> bySensor) {
    public static final DriveTruth NONE = new DriveTruth(Map.of());

    public DriveTruth {
        bySensor = Collections.unmodifiableMap(new TreeMap<>(bySensor));
    }

    /** The truth of a sensor; empty if there is none. */
    public SensorTruth of(String sensorId) {
        return bySensor.getOrDefault(sensorId, SensorTruth.NONE);
    }

    public boolean isEmpty() {
        return bySensor.values().stream().allMatch(SensorTruth::isEmpty);
    }
}
