package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.Detection.Returns;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A detection in the odometry frame.
 *
 * @param aheadSeconds when it was measured, relative to the observation's stamp
 * @param recognition what the object's points alone say; null if nobody asked them
 * @param points3d some of its points, x, y, z, where they were measured, in the odometry frame;
 *     null if none came along; never changed
 */
record Measurement(
        OrientedBox box,
        double aheadSeconds,
        ObjectClass objectClass,
        double score,
        boolean headingKnown,
        int points,
        @Nullable Recognition recognition,
        double @Nullable [] points3d) {

    /** A total order on what a detection says, so that the order in which they come is nothing. */
    private static final Comparator<Detection> ORDER =
            Comparator.comparingDouble((Detection d) -> -d.score())
                    .thenComparingDouble(d -> d.box().x())
                    .thenComparingDouble(d -> d.box().y())
                    .thenComparingDouble(d -> d.box().z())
                    .thenComparingDouble(d -> d.box().length())
                    .thenComparingDouble(d -> d.box().width())
                    .thenComparingDouble(d -> d.box().height())
                    .thenComparingDouble(d -> d.box().yawRad())
                    .thenComparing(Detection::objectClass)
                    .thenComparing(Detection::headingKnown)
                    .thenComparingInt(Detection::points)
                    .thenComparingLong(Detection::timeOffsetNanos)
                    .thenComparing(Detection::recognition, Measurement::compare)
                    .thenComparing(Detection::returns, Measurement::compare);

    private static int compare(@Nullable Recognition a, @Nullable Recognition b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        int byEmbedding = Arrays.compare(a.embedding(), b.embedding());
        return byEmbedding != 0 ? byEmbedding : Arrays.compare(a.chances(), b.chances());
    }

    private static int compare(@Nullable Returns a, @Nullable Returns b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        return Arrays.compare(a.offsetsCm(), b.offsetsCm());
    }

    /** The detections that count, in a fixed order, as seen from the sensor at the stamp. */
    static List<Measurement> of(Observation observation, double minScore) {
        List<Detection> sorted = new ArrayList<>(observation.detections());
        sorted.removeIf(d -> d.score() < minScore);
        sorted.sort(ORDER);
        List<Measurement> out = new ArrayList<>(sorted.size());
        for (Detection d : sorted) {
            long aheadNanos =
                    observation.startNanos() + d.timeOffsetNanos() - observation.stampNanos();
            double ahead = aheadNanos * 1e-9;
            RigidTransform odomFromMeasured =
                    observation
                            .odomFromSensor()
                            .times(sensorMotion(observation.sensorTwist(), ahead));
            out.add(
                    new Measurement(
                            odomFromMeasured.map(d.box()),
                            ahead,
                            d.objectClass(),
                            d.score(),
                            d.headingKnown(),
                            d.points(),
                            d.recognition(),
                            placed(d, odomFromMeasured)));
        }
        return out;
    }

    private static double @Nullable [] placed(Detection d, RigidTransform odomFromMeasured) {
        if (d.returns() == null) {
            return null;
        }
        short[] cm = d.returns().offsetsCm();
        double[] m = odomFromMeasured.toRows();
        double[] out = new double[cm.length];
        for (int i = 0; i < cm.length; i += 3) {
            double x = d.box().x() + 0.01 * cm[i];
            double y = d.box().y() + 0.01 * cm[i + 1];
            double z = d.box().z() + 0.01 * cm[i + 2];
            for (int r = 0; r < 3; r++) {
                out[i + r] = m[4 * r] * x + m[4 * r + 1] * y + m[4 * r + 2] * z + m[4 * r + 3];
            }
        }
        return out;
    }

    /** The sensor's pose at the measuring instant, seen from its pose at the stamp. */
    private static RigidTransform sensorMotion(double[] twist, double seconds) {
        double[] moved = new double[6];
        for (int i = 0; i < 6; i++) {
            moved[i] = twist[i] * seconds;
        }
        return RigidTransform.exp(moved);
    }
}
