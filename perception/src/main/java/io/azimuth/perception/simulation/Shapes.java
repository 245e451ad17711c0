package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.ObjectClass;

/** Standing shapes of European road users of family A. */
final class Shapes {
    private Shapes() {}

    static Shape of(ObjectClass objectClass, Dice dice) {
        ObjectClass c = objectClass == ObjectClass.UNKNOWN ? ObjectClass.CAR : objectClass;
        return Bodies.of(TownFamily.A, SizeRegion.EUROPE, c, dice).shape;
    }

    static Shape car(Dice dice) {
        return Cars.of(SizeRegion.EUROPE, dice);
    }
}
