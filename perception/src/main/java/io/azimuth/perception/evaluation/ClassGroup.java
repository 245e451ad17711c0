package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Classes that count as the same thing in a score: detectors disagree with labels inside them. */
public enum ClassGroup {
    VEHICLE,
    PERSON,
    CYCLIST;

    /** The group of a class; null for {@link ObjectClass#UNKNOWN}, which is never scored. */
    public static @Nullable ClassGroup of(ObjectClass objectClass) {
        return switch (objectClass) {
            case CAR, VAN, TRUCK, BUS -> VEHICLE;
            case PEDESTRIAN -> PERSON;
            case CYCLIST -> CYCLIST;
            case UNKNOWN -> null;
        };
    }

    /** Lower-case name as it stands in result files, e.g. {@code vehicle}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
