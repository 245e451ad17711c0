package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.random.RandomGenerator;

/**
 * Ground, two facades with annexes, poles: samples of one place with noise, as two scans of it are.
 */
final class StreetScene {
    private StreetScene() {}

    /** About 12 000 points around the origin; {@code rnd} decides where the samples fall. */
    static PointCloud scan(RandomGenerator rnd, double noiseM) {
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < 4500; i++) {
            add(cloud, rnd, noiseM, rnd.nextDouble(-20, 20), rnd.nextDouble(-8, 8), -1.7);
        }
        for (int i = 0; i < 5400; i++) {
            double x = rnd.nextDouble(-20, 20);
            double side = i % 2 == 0 ? 8 : -8;
            boolean annex = Math.floorMod((int) Math.floor(x / 5), 2) == (side > 0 ? 0 : 1);
            add(cloud, rnd, noiseM, x, annex ? 0.8 * side : side, rnd.nextDouble(-1.7, 4));
        }
        for (int i = 0; i < 1800; i++) { // the annexes' flanks
            double y = rnd.nextDouble(6.4, 8);
            double x = 5 * rnd.nextInt(-3, 4);
            add(cloud, rnd, noiseM, x, i % 2 == 0 ? y : -y, rnd.nextDouble(-1.7, 4));
        }
        for (int i = 0; i < 900; i++) {
            double angle = rnd.nextDouble(0, 2 * Math.PI);
            double x = -18 + 9 * (i % 5) + 0.3 * Math.cos(angle);
            add(cloud, rnd, noiseM, x, 5 + 0.3 * Math.sin(angle), rnd.nextDouble(-1.7, 3));
        }
        return cloud;
    }

    /** {@code targetFromSource} applied to a cloud. */
    static PointCloud moved(PointCloud cloud, RigidTransform by) {
        PointCloud out = new PointCloud(cloud.size());
        for (int i = 0; i < cloud.size(); i++) {
            double x = cloud.x()[i];
            double y = cloud.y()[i];
            double z = cloud.z()[i];
            out.add(
                    (float) by.mapX(x, y, z),
                    (float) by.mapY(x, y, z),
                    (float) by.mapZ(x, y, z),
                    0);
        }
        return out;
    }

    /** A small random motion: up to a few degrees and decimetres. */
    static RigidTransform motion(RandomGenerator rnd, double rad, double metres) {
        double[] twist = new double[6];
        for (int i = 0; i < 6; i++) {
            twist[i] = rnd.nextDouble(-1, 1) * (i < 3 ? rad : metres);
        }
        return RigidTransform.exp(twist);
    }

    private static void add(
            PointCloud cloud, RandomGenerator rnd, double noiseM, double x, double y, double z) {
        cloud.add(
                (float) (x + noiseM * rnd.nextGaussian()),
                (float) (y + noiseM * rnd.nextGaussian()),
                (float) (z + noiseM * rnd.nextGaussian()),
                0);
    }
}
