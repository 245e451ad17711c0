package io.azimuth.perception.evaluation.nuscenes;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The classes of nuScenes that the engine knows, each with the range within which it is judged. */
public enum NuScenesClass {
    /** Vans included, as in nuScenes' labels. */
    CAR(50),
    TRUCK(50),
    BUS(50),
    PEDESTRIAN(40),
    /** Bicycles and motorcycles: the engine does not tell them apart. */
    CYCLIST(40);

    private final double rangeM;

    NuScenesClass(double rangeM) {
        this.rangeM = rangeM;
    }

    /** Boxes at this distance or beyond are left out, metres. */
    public double rangeM() {
        return rangeM;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class that stands for ours; null for {@link ObjectClass#UNKNOWN}. */
    public static @Nullable NuScenesClass of(ObjectClass objectClass) {
        return switch (objectClass) {
            case CAR, VAN -> CAR;
            case TRUCK -> TRUCK;
            case BUS -> BUS;
            case PEDESTRIAN -> PEDESTRIAN;
            case CYCLIST -> CYCLIST;
            case UNKNOWN -> null;
        };
    }
}
