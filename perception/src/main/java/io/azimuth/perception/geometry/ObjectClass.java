package io.azimuth.perception.geometry;

import java.util.Locale;

/** What an object is. The order is part of the wire contract: append only. */
public enum ObjectClass {
    UNKNOWN,
    CAR,
    VAN,
    TRUCK,
    BUS,
    PEDESTRIAN,
    CYCLIST;

    /** Lower-case name as it stands in result files, e.g. {@code car}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The class with this label, case ignored.
     *
     * @throws IllegalArgumentException naming the labels that exist
     */
    public static ObjectClass ofLabel(String label) {
        for (ObjectClass c : values()) {
            if (c.name().equalsIgnoreCase(label)) {
                return c;
            }
        }
        throw new IllegalArgumentException(
                "class '" + label + "' is not one of " + java.util.Arrays.toString(values()));
    }

    /** Whether this is a motor vehicle with at least four wheels. */
    public boolean isVehicle() {
        return this == CAR || this == VAN || this == TRUCK || this == BUS;
    }
}
