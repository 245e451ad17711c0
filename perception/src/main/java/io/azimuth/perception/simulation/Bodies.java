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
        return family == TownFamily.A
                ? trained(sizes, objectClass, dice)
                : heldOut(sizes, objectClass, dice);
    }

    private static Figure trained(SizeRegion sizes, ObjectClass objectClass, Dice dice) {
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

    /** Other code draws these; only trailers, caravans and motorcycles are shared. */
    private static Figure heldOut(SizeRegion sizes, ObjectClass objectClass, Dice dice) {
        return switch (objectClass) {
            case VAN -> Figure.stiff(HeldOutCars.van(sizes, dice));
            case TRUCK -> Figure.stiff(HeldOutHeavy.truck(sizes, dice));
            case BUS -> Figure.stiff(HeldOutHeavy.bus(sizes, dice));
            case PEDESTRIAN -> HeldOutPeople.pedestrian(dice);
            case CYCLIST -> HeldOutCycles.cyclist(dice);
            case CAR -> Figure.stiff(HeldOutCars.car(sizes, dice));
            case UNKNOWN -> Figure.stiff(OtherBodies.of(dice));
        };
    }
}
