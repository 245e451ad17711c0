package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes observations of boxes that are given in the odometry frame. */
final class Scene {
    static final long SWEEP_NANOS = 100_000_000L;
    static final long START_NANOS = 1_700_000_000_000_000_000L;
    private static final double[] STANDING = new double[6];

    private Scene() {}

    static long stamp(int sweep) {
        return START_NANOS + sweep * SWEEP_NANOS;
    }

    /** A car that is measured at mid-sweep by a sensor that stands at the origin. */
    static Detection car(double x, double y, double yaw, double score) {
        return detection(ObjectClass.CAR, 4.2, 1.8, x, y, yaw, score);
    }

    static Detection person(double x, double y, double score) {
        return detection(ObjectClass.PEDESTRIAN, 0.8, 0.6, x, y, 0, score);
    }

    static Detection detection(
            ObjectClass c, double length, double width, double x, double y, double yaw, double s) {
        OrientedBox box = new OrientedBox(x, y, -0.8, length, width, 1.6, yaw);
        return new Detection(box, c, s, false, 100, SWEEP_NANOS / 2);
    }

    static Observation standing(int sweep, Detection... detections) {
        return standing("top", stamp(sweep), List.of(detections));
    }

    static Observation standing(String sensor, long stampNanos, List<Detection> detections) {
        return new Observation(
                sensor,
                stampNanos,
                stampNanos - SWEEP_NANOS / 2,
                RigidTransform.IDENTITY,
                STANDING,
                detections);
    }

    /** Ten objects with noise, false boxes and losses; each sweep has its own seed. */
    static List<Detection> busy(int sweep, RandomGenerator rnd) {
        List<Detection> out = new ArrayList<>();
        for (int k = 0; k < 10; k++) {
            if (rnd.nextDouble() < 0.85) {
                double along = 0.1 * sweep * (k % 3 == 0 ? 0 : k);
                out.add(
                        car(
                                -20 + along + 0.1 * rnd.nextGaussian(),
                                6 * k + 0.1 * rnd.nextGaussian(),
                                rnd.nextInt(2) * Math.PI + 0.05 * rnd.nextGaussian(),
                                rnd.nextDouble(0.25, 0.95)));
            }
        }
        for (int k = rnd.nextInt(3); k > 0; k--) {
            out.add(person(rnd.nextDouble(-30, 30), rnd.nextDouble(-20, 60), 0.3));
        }
        return out;
    }
}
