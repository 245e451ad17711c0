package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.ObjectClass;
import java.util.List;

/**
 * Scores a {@link Shape} as each class and holds the best: a weighted geometric mean of the class's
 * gate and of its trees' probability. Either alone is worse on recordings, the trees because they
 * know simulated clutter only, the gates because they know little of how measures go together.
 */
final class ClassScores {
    /** Of the trees; the rest is the gate's. */
    private static final double TREES_WEIGHT = 0.6;

    private static final double VAN_TOP_M = 1.85;
    private static final double TRUCK_LENGTH_M = 6.2;
    private static final double BUS_LENGTH_M = 9.5;

    /** A car's gate and trees hold for every vehicle. */
    static final List<ObjectClass> CLASSES =
            List.of(ObjectClass.CAR, ObjectClass.PEDESTRIAN, ObjectClass.CYCLIST);

    private final List<FittedTrees.Forest> forests;
    private final float[] features = new float[ShapeFeatures.NAMES.size()];
    ObjectClass best = ObjectClass.UNKNOWN;
    double score;

    ClassScores(FittedTrees trees) {
        forests = CLASSES.stream().map(c -> trees.forest(c.label())).toList();
    }

    /** No class scores higher behind a gate that is open so wide. */
    static double bound(double gate) {
        return gate <= 0 ? 0 : Math.pow(gate, 1 - TREES_WEIGHT);
    }

    void rate(Shape s) {
        ShapeFeatures.write(s, features);
        best = ObjectClass.UNKNOWN;
        score = 0;
        for (int k = 0; k < CLASSES.size(); k++) {
            ObjectClass c = CLASSES.get(k);
            double gate = ClassGates.of(c, s);
            if (gate <= 0) {
                continue;
            }
            double p = forests.get(k).probability(features);
            double both = Math.pow(p, TREES_WEIGHT) * Math.pow(gate, 1 - TREES_WEIGHT);
            if (both > score) {
                score = both;
                best = c == ObjectClass.CAR ? vehicleClass(s) : c;
            }
        }
    }

    /** The kind of a vehicle, by its size. */
    static ObjectClass vehicleClass(Shape s) {
        if (s.longM() > TRUCK_LENGTH_M) {
            return s.longM() > BUS_LENGTH_M ? ObjectClass.BUS : ObjectClass.TRUCK;
        }
        return s.topM > VAN_TOP_M ? ObjectClass.VAN : ObjectClass.CAR;
    }
}
