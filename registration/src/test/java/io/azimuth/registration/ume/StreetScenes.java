package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;

/** Small scenes of walls, poles and ground, seen by a sensor 1.7 m above the ground; no shadows. */
final class StreetScenes {
    private static final double NOISE_M = 0.015;

    private final PointCloud cloud = new PointCloud();
    private final SplittableRandom random;
    private final RigidTransform sensorFromWorld;

    private StreetScenes(RigidTransform worldFromSensor, long seed) {
        random = new SplittableRandom(seed);
        sensorFromWorld = worldFromSensor.inverse();
    }

    /** A yard with houses, walls and poles, from a sensor whose pose in it is given. */
    static PointCloud yard(RigidTransform worldFromSensor, long seed) {
        return layout(worldFromSensor, 77, seed);
    }

    static PointCloud otherYard(long seed) {
        return layout(RigidTransform.IDENTITY, 991, seed);
    }

    private static PointCloud layout(RigidTransform pose, long plan, long seed) {
        StreetScenes s = new StreetScenes(pose, seed);
        SplittableRandom draw = new SplittableRandom(plan);
        s.ground(false);
        for (int i = 0; i < 14; i++) {
            double x = draw.nextDouble(-40, 40);
            double y = draw.nextDouble(-40, 40);
            double angle = draw.nextDouble(0, Math.PI);
            double length = draw.nextDouble(4, 14);
            double height = draw.nextDouble(2, 6);
            s.wall(x, y, angle, length, height);
            s.wall(x, y, angle + Math.PI / 2, 0.7 * length, height);
        }
        for (int i = 0; i < 25; i++) {
            s.pole(draw.nextDouble(-40, 40), draw.nextDouble(-40, 40), draw.nextDouble(2, 6));
        }
        return s.cloud;
    }

    static PointCloud hills(long seed) {
        StreetScenes s = new StreetScenes(RigidTransform.IDENTITY, seed);
        s.ground(true);
        return s.cloud;
    }

    /** Two endless parallel walls; the sensor stands {@code x} metres along. */
    static PointCloud corridor(double x, long seed) {
        StreetScenes s = new StreetScenes(RigidTransform.translation(x, 0, 0), seed);
        s.ground(false);
        s.wall(-200, 4, 0, 400, 4);
        s.wall(-200, -4, 0, 400, 4);
        return s.cloud;
    }

    static PointCloud roundRoom(long seed) {
        StreetScenes s = new StreetScenes(RigidTransform.IDENTITY, seed);
        s.ground(false);
        for (int i = 0; i < 30_000; i++) {
            double a = s.random.nextDouble(0, 2 * Math.PI);
            s.add(12 * Math.cos(a), 12 * Math.sin(a), s.random.nextDouble(0, 4) - 1.7);
        }
        return s.cloud;
    }

    static PointCloud reversed(PointCloud in) {
        PointCloud out = new PointCloud(in.size());
        for (int i = in.size() - 1; i >= 0; i--) {
            out.add(in.x()[i], in.y()[i], in.z()[i], 0);
        }
        return out;
    }

    private void ground(boolean hilly) {
        for (int i = 0; i < 40_000; i++) {
            double x = random.nextDouble(-45, 45);
            double y = random.nextDouble(-45, 45);
            double h = hilly ? 0.6 * Math.sin(x / 9) * Math.cos(y / 11) : 0;
            add(x, y, h - 1.7);
        }
    }

    private void wall(double x, double y, double angle, double length, double height) {
        int n = (int) (length * height * 25);
        for (int i = 0; i < n; i++) {
            double t = random.nextDouble(0, length);
            add(
                    x + t * Math.cos(angle),
                    y + t * Math.sin(angle),
                    random.nextDouble(0, height) - 1.7);
        }
    }

    private void pole(double x, double y, double height) {
        for (int i = 0; i < 150; i++) {
            add(x, y, random.nextDouble(0, height) - 1.7);
        }
    }

    private void add(double x, double y, double z) {
        double u = x + NOISE_M * (random.nextDouble() - 0.5);
        double v = y + NOISE_M * (random.nextDouble() - 0.5);
        double w = z + NOISE_M * (random.nextDouble() - 0.5);
        cloud.add(
                (float) sensorFromWorld.mapX(u, v, w),
                (float) sensorFromWorld.mapY(u, v, w),
                (float) sensorFromWorld.mapZ(u, v, w),
                0);
    }
}
