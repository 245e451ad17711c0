package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;

/**
 * Bodies of road users by generator family, region and class. The same dice give the same body.
 * Sizes follow what labelled sets report (KITTI for Europe, nuScenes for the United States).
 */
final class Bodies {
    private Bodies() {}

    /** A body with its gait; {@link Figure#shape} is what stands still and bounds every pose. */
    static Figure of(TownFamily family, SizeRegion sizes, ObjectClass objectClass, Dice dice) {
        return switch (objectClass) {
            case VAN -> Figure.stiff(Vans.of(sizes, dice));
            case TRUCK -> Figure.stiff(HeavyVehicles.truck(sizes, dice));
            case BUS -> Figure.stiff(HeavyVehicles.bus(sizes, dice));
            case PEDESTRIAN -> People.pedestrian(sizes, dice);
            case CYCLIST -> Cycles.cyclist(sizes, dice);
            case CAR -> Figure.stiff(Cars.of(sizes, dice));
            case UNKNOWN -> Figure.stiff(OtherBodies.of(dice));
        };
    }
}
