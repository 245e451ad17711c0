package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.simulation.Surface;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What crops are told apart as: four kinds of road users and four of background, in file order. */
enum CropClass {
    CAR(true, false),
    LARGE_VEHICLE(true, false),
    PEDESTRIAN(true, true),
    CYCLIST(true, true),
    POLE(false, true),
    BUSH(false, false),
    WALL(false, false),
    BOX(false, true);

    static final CropClass[] ALL = values();

    private final boolean isObject;
    private final boolean isSmall;

    CropClass(boolean isObject, boolean isSmall) {
        this.isObject = isObject;
        this.isSmall = isSmall;
    }

    /** Whether it is a road user. */
    boolean isObject() {
        return isObject;
    }

    /** Whether half of its crops should have few points. */
    boolean isSmall() {
        return isSmall;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class of a labelled object; null if its label does not say. */
    static @Nullable CropClass of(ObjectClass c) {
        return switch (c) {
            case CAR -> CAR;
            case VAN, TRUCK, BUS -> LARGE_VEHICLE;
            case PEDESTRIAN -> PEDESTRIAN;
            case CYCLIST -> CYCLIST;
            case UNKNOWN -> null;
        };
    }

    /** The class of what lies on a surface; null for ground and for returns of nothing. */
    static @Nullable CropClass of(Surface s) {
        return switch (s) {
            case ROAD, KERB, SIDEWALK, GRASS, LAWN, MIXED -> null;
            case POLE, TRUNK, SIGN, PLATE, BAND -> POLE;
            case HEDGE, CROWN -> BUSH;
            case HOUSE, WALL, FENCE, WINDOW, ROOF, STAIRS -> WALL;
            case FURNITURE, RACK, FIGURE, CLOTH -> BOX;
        };
    }
}
