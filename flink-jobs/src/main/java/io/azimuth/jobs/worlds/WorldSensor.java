package io.azimuth.jobs.worlds;

import io.azimuth.perception.simulation.SensorModel;
import java.util.Arrays;
import java.util.Locale;

/** Sensors of the study, by rising number of beams. */
public enum WorldSensor {
    SPINNING16("spinning16", 16),
    SPINNING32("spinning32", 32),
    HDL64("hdl64", 64),
    OS1_128("os1-128", 128);

    private final String label;
    private final int beams;

    WorldSensor(String label, int beams) {
        this.label = label;
        this.beams = beams;
    }

    public String label() {
        return label;
    }

    public int beams() {
        return beams;
    }

    /** The simulated sensor on a vehicle's roof. */
    public SensorModel model() {
        return switch (this) {
            case SPINNING16 -> SensorModel.vlp16("top");
            case SPINNING32 -> SensorModel.hdl32("top");
            case HDL64 -> SensorModel.hdl64("top");
            case OS1_128 -> SensorModel.os1With128("top");
        };
    }

    /**
     * The sensor of a label, or of a number of beams.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static WorldSensor of(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(s -> s.label.equals(wanted) || Integer.toString(s.beams).equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "sensor is %s, expected one of %s"
                                                .formatted(
                                                        text,
                                                        Arrays.stream(values())
                                                                .map(WorldSensor::label)
                                                                .toList())));
    }
}
