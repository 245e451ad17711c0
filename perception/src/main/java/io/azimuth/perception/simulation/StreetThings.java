package io.azimuth.perception.simulation;

/**
 * Single things beside streets, one a seed. Family B has few shapes of its own that stand alone, so
 * half of its bushes and boxes are of the shapes that family A has, too.
 */
final class StreetThings {
    private StreetThings() {}

    static Shape of(TownFamily family, LoneObject.Kind kind, Dice d) {
        boolean held = family == TownFamily.B;
        return switch (kind) {
            case POLE -> held ? heldOutPole(d) : pole(d);
            case BUSH -> held && d.chance(0.5) ? OtherBuildings.conifer(d) : bush(d);
            case WALL -> held ? heldOutWall(d) : wall(d);
            case BOX -> held && d.chance(0.5) ? OtherBuildings.bin(d) : box(d);
            default -> throw new IllegalArgumentException(kind + " does not stand beside streets");
        };
    }

    private static Shape pole(Dice d) {
        return switch (d.below(6)) {
            case 0 -> Furniture.lamp(d);
            case 1 -> Furniture.post(d);
            case 2 -> Furniture.utilityPole(d);
            case 3 -> Furniture.sign(d);
            case 4 -> Furniture.trafficLight(d);
            default -> Furniture.bollard(d);
        };
    }

    private static Shape heldOutPole(Dice d) {
        return d.chance(0.5) ? OtherBuildings.lamp(d) : OtherBuildings.bollard(d);
    }

    private static Shape bush(Dice d) {
        return switch (d.below(4)) {
            case 0 -> Plants.conifer(d);
            case 1 -> Plants.hedge(d, d.between(1, 6));
            case 2 -> Plants.carLikeHedge(d);
            default -> Plants.shrub(d);
        };
    }

    private static Shape wall(Dice d) {
        return switch (d.below(8)) {
            case 0, 1 -> Clutter.fence(d, d.between(2, 8));
            case 2 -> Houses.garage(d);
            case 3 -> Houses.shape(Houses.terraced(d), d, d.chance(0.5));
            case 4 -> Furniture.guardRail(d, d.between(2, 8));
            default -> Clutter.wall(d, d.between(2, 8));
        };
    }

    private static Shape heldOutWall(Dice d) {
        return switch (d.below(4)) {
            case 0 -> OtherBuildings.porousWall(d, d.between(1, 4));
            case 1 -> OtherBuildings.jerseyBarrier();
            case 2 -> OtherBuildings.shed(d);
            default -> OtherBuildings.block(d, d.between(4, 8), d.between(2, 5), d.between(3, 7));
        };
    }

    private static Shape box(Dice d) {
        return switch (d.below(6)) {
            case 0 -> Clutter.wheelieBin(d);
            case 1 -> Clutter.litterBin(d);
            case 2 -> Clutter.dumpster(d);
            case 3 -> Furniture.hydrant(d);
            case 4 -> Clutter.heap(d);
            default -> Furniture.cabinet(d);
        };
    }
}
