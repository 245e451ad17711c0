package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;

/** A hall with boxes, beams and spheres, measured from high above its floor; no shadows. */
final class HallScenes {
    private static final double NOISE_M = 0.015;

    private final PointCloud cloud = new PointCloud();
    private final SplittableRandom random;
    private final RigidTransform sensorFromHall;

    private HallScenes(RigidTransform hallFromSensor, long seed) {
        random = new SplittableRandom(seed);
        sensorFromHall = hallFromSensor.inverse();
    }

    /**
     * @param plan what stands where
     */
    static PointCloud hall(long plan, RigidTransform hallFromSensor, long seed) {
        HallScenes s = new HallScenes(hallFromSensor, seed);
        SplittableRandom draw = new SplittableRandom(plan);
        s.box(0, 0, 0, 30, 20, 16);
        for (int i = 0; i < 12; i++) {
            s.box(
                    draw.nextDouble(-12, 12),
                    draw.nextDouble(-7, 7),
                    draw.nextDouble(-7, -3),
                    draw.nextDouble(2, 7),
                    draw.nextDouble(2, 7),
                    draw.nextDouble(1, 6));
        }
        for (int i = 0; i < 8; i++) {
            s.sphere(
                    draw.nextDouble(-12, 12),
                    draw.nextDouble(-7, 7),
                    draw.nextDouble(-6, 6),
                    draw.nextDouble(0.7, 2));
        }
        for (int i = 0; i < 6; i++) {
            s.beam(draw.nextDouble(-14, 14), draw.nextDouble(3, 7));
        }
        return s.cloud;
    }

    static PointCloud ball(RigidTransform turn, long seed) {
        HallScenes s = new HallScenes(turn, seed);
        s.sphere(0, 0, 0, 12);
        return s.cloud;
    }

    static PointCloud bareBox(RigidTransform turn, long seed) {
        HallScenes s = new HallScenes(turn, seed);
        s.box(0, 0, 0, 30, 30, 30);
        return s.cloud;
    }

    static PointCloud mirrored(PointCloud in) {
        PointCloud out = new PointCloud(in.size());
        for (int i = 0; i < in.size(); i++) {
            out.add(in.x()[i], -in.y()[i], in.z()[i], 0);
        }
        return out;
    }

    private void box(double x, double y, double z, double length, double width, double height) {
        double[] size = {length, width, height};
        for (int axis = 0; axis < 3; axis++) {
            int u = (axis + 1) % 3;
            int v = (axis + 2) % 3;
            int n = (int) (9 * size[u] * size[v]);
            for (int i = 0; i < 2 * n; i++) {
                double[] p = new double[3];
                p[axis] = (i < n ? 0.5 : -0.5) * size[axis];
                p[u] = (random.nextDouble() - 0.5) * size[u];
                p[v] = (random.nextDouble() - 0.5) * size[v];
                add(x + p[0], y + p[1], z + p[2]);
            }
        }
    }

    private void sphere(double x, double y, double z, double radius) {
        int n = (int) (9 * 4 * Math.PI * radius * radius);
        for (int i = 0; i < n; i++) {
            double up = 2 * random.nextDouble() - 1;
            double angle = random.nextDouble(0, 2 * Math.PI);
            double flat = Math.sqrt(1 - up * up);
            add(
                    x + radius * flat * Math.cos(angle),
                    y + radius * flat * Math.sin(angle),
                    z + radius * up);
        }
    }

    private void beam(double x, double z) {
        for (int i = 0; i < 600; i++) {
            add(x + random.nextDouble(0, 0.2), random.nextDouble(-10, 10), z);
        }
    }

    private void add(double x, double y, double z) {
        double u = x + NOISE_M * (random.nextDouble() - 0.5);
        double v = y + NOISE_M * (random.nextDouble() - 0.5);
        double w = z + NOISE_M * (random.nextDouble() - 0.5);
        cloud.add(
                (float) sensorFromHall.mapX(u, v, w),
                (float) sensorFromHall.mapY(u, v, w),
                (float) sensorFromHall.mapZ(u, v, w),
                0);
    }
}
