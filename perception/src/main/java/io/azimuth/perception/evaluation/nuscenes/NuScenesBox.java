package io.azimuth.perception.evaluation.nuscenes;

import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.OrientedBox;
import org.jspecify.annotations.Nullable;

/**
 * A labelled or a detected box with its velocity.
 *
 * @param sample number of the sweep
 * @param box in any frame whose origin is the sensor
 * @param velocityX metres a second over ground, along the axes of {@code box}; NaN if unknown
 * @param velocityY likewise
 * @param score of a detection, 0 .. 1; of no meaning for a label
 * @param points of a label, -1 if not counted or a detection
 */
public record NuScenesBox(
        long sample,
        NuScenesClass of,
        OrientedBox box,
        double velocityX,
        double velocityY,
        double score,
        int points) {

    /** A label without velocity; null if its class is not scored. */
    public static @Nullable NuScenesBox of(LabelledBox b) {
        NuScenesClass c = NuScenesClass.of(b.objectClass());
        return c == null
                ? null
                : new NuScenesBox(b.sweep(), c, b.box(), Double.NaN, Double.NaN, 0, b.points());
    }

    /** A detection without velocity; null if its class is not scored. */
    public static @Nullable NuScenesBox of(ScoredBox b) {
        NuScenesClass c = NuScenesClass.of(b.objectClass());
        return c == null
                ? null
                : new NuScenesBox(b.sweep(), c, b.box(), Double.NaN, Double.NaN, b.score(), -1);
    }

    boolean velocityKnown() {
        return !Double.isNaN(velocityX) && !Double.isNaN(velocityY);
    }
}
