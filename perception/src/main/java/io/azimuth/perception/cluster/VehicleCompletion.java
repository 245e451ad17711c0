package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;

/**
 * Completes a vehicle of which a part is seen, between others parked beside it, say: which side is
 * its length and where its centre lies is read off trees over the shape's measures, fitted to
 * simulated towns. What is seen along most of a car's length, {@link BoxCompletion} places by its
 * edges. Not thread-safe.
 */
final class VehicleCompletion {
    /** Longer shapes show their length. */
    private static final double PART_M = 3.4;

    private final FittedTrees.Forest axis;
    private final FittedTrees.Forest centre1;
    private final FittedTrees.Forest centre2;
    private final float[] features = new float[ShapeFeatures.NAMES.size()];

    VehicleCompletion(FittedTrees trees) {
        axis = trees.forest("axis");
        centre1 = trees.forest("centre1");
        centre2 = trees.forest("centre2");
    }

    /** The whole box of a shape of any class. */
    OrientedBox complete(Shape s, ObjectClass c) {
        if (!c.isVehicle() || s.longM() >= PART_M) {
            return BoxCompletion.complete(s, c);
        }
        ShapeFeatures.write(s, features);
        double c1 = beyond(centre1.sum(features), s.low1, s.high1, ShapeFeatures.mirrored1(s));
        double c2 = beyond(centre2.sum(features), s.low2, s.high2, ShapeFeatures.mirrored2(s));
        boolean longIsLength = axis.sum(features) > 0;
        double along = longIsLength ? s.longM() : s.shortM();
        double across = longIsLength ? s.shortM() : s.longM();
        double cos = Math.cos(s.yaw);
        double sin = Math.sin(s.yaw);
        double height = BoxCompletion.height(s, c);
        return new OrientedBox(
                c1 * cos - c2 * sin,
                c1 * sin + c2 * cos,
                s.groundZ + 0.5 * height,
                Math.max(along, BoxCompletion.meanLength(c)),
                Math.max(across, BoxCompletion.meanWidth(c)),
                height,
                longIsLength ? s.yaw : s.yaw + Math.PI / 2);
    }

    /** The centre, given how far it lies beyond the seen middle, away from the sensor. */
    private static double beyond(double offset, double low, double high, boolean mirrored) {
        return 0.5 * (low + high) + (mirrored ? -offset : offset);
    }
}
