package io.azimuth.registration.pcl;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Generated clouds with known answers. */
final class Clouds {
    private Clouds() {}

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Uniform in a box of these half sizes. */
    static PointCloud box(long seed, int n, double halfX, double halfY, double halfZ) {
        RandomGenerator rnd = random(seed);
        PointCloud out = new PointCloud(n);
        for (int i = 0; i < n; i++) {
            add(
                    out,
                    rnd.nextDouble(-halfX, halfX),
                    rnd.nextDouble(-halfY, halfY),
                    rnd.nextDouble(-halfZ, halfZ));
        }
        return out;
    }

    /**
     * A street sampled at random places: ground, house fronts with recesses along x and across y,
     * poles and parked boxes. Two seeds give two samplings of the same street.
     */
    static PointCloud street(long seed, int n, double noiseM) {
        RandomGenerator rnd = random(seed);
        PointCloud out = new PointCloud(n);
        while (out.size() < n) {
            double x = rnd.nextDouble(-25, 25);
            double kind = rnd.nextDouble();
            double[] p;
            if (kind < 0.35) {
                p = new double[] {x, rnd.nextDouble(-8, 9), 0};
            } else if (kind < 0.75) {
                p = front(rnd, x);
            } else if (kind < 0.85) {
                int pole = rnd.nextInt(8);
                double angle = rnd.nextDouble(0, 2 * Math.PI);
                p =
                        new double[] {
                            pole * 6.3 - 22 + pole % 3 + 0.15 * Math.cos(angle),
                            (pole % 2 == 0 ? 5.5 : -5) + 0.15 * Math.sin(angle),
                            rnd.nextDouble(0, 6)
                        };
            } else {
                p = parked(rnd);
            }
            add(
                    out,
                    p[0] + noiseM * rnd.nextGaussian(),
                    p[1] + noiseM * rnd.nextGaussian(),
                    p[2] + noiseM * rnd.nextGaussian());
        }
        return out;
    }

    private static double[] front(RandomGenerator rnd, double x) {
        int house = (int) Math.floor((x + 25) / 7);
        boolean left = rnd.nextBoolean();
        double set = house * house % 3 * 1.1;
        if (rnd.nextDouble() < 0.25) { // the side of a house
            double edge = house * 7 - 25;
            return new double[] {
                edge, (left ? 1 : -1) * rnd.nextDouble(8, 11), rnd.nextDouble(0, 7)
            };
        }
        return new double[] {x, left ? 9 + set : -8 - set, rnd.nextDouble(0, 5 + house % 3)};
    }

    private static double[] parked(RandomGenerator rnd) {
        int car = rnd.nextInt(5);
        double cx = car * 9.7 - 20;
        double cy = car % 2 == 0 ? -4.5 : 3.5;
        double side = rnd.nextDouble();
        double u = rnd.nextDouble(-1, 1);
        double v = rnd.nextDouble(0, 1.5);
        if (side < 0.5) {
            return new double[] {cx + 2.1 * u, cy + (side < 0.25 ? 0.9 : -0.9), v};
        }
        return side < 0.8
                ? new double[] {cx + (side < 0.65 ? 2.1 : -2.1), cy + 0.9 * u, v}
                : new double[] {cx + 2.1 * u, cy + 0.9 * (2 * v / 1.5 - 1), 1.5};
    }

    /** Two endless walls and a floor along x, seen for 60 m. */
    static PointCloud corridor(long seed, int n, double noiseM) {
        RandomGenerator rnd = random(seed);
        PointCloud out = new PointCloud(n);
        for (int i = 0; i < n; i++) {
            double x = rnd.nextDouble(-30, 30);
            double kind = rnd.nextDouble();
            double y = kind < 0.4 ? rnd.nextDouble(-4, 4) : kind < 0.7 ? 4 : -4;
            double z = kind < 0.4 ? 0 : rnd.nextDouble(0, 6);
            add(out, x, y + noiseM * rnd.nextGaussian(), z + noiseM * rnd.nextGaussian());
        }
        return out;
    }

    /** The points as another frame sees them. */
    static PointCloud moved(PointCloud cloud, RigidTransform otherFromCloud) {
        PointCloud out = new PointCloud(cloud.size());
        for (int i = 0; i < cloud.size(); i++) {
            double x = cloud.x()[i];
            double y = cloud.y()[i];
            double z = cloud.z()[i];
            add(
                    out,
                    otherFromCloud.mapX(x, y, z),
                    otherFromCloud.mapY(x, y, z),
                    otherFromCloud.mapZ(x, y, z));
        }
        return out;
    }

    /** The named points by hand: x, y, z triples. */
    static PointCloud of(double... xyz) {
        PointCloud out = new PointCloud(xyz.length / 3);
        for (int i = 0; i < xyz.length; i += 3) {
            add(out, xyz[i], xyz[i + 1], xyz[i + 2]);
        }
        return out;
    }

    /** Those farther than a rounding from the borders of cells of this size. */
    static PointCloud awayFromBorders(PointCloud points, double leaf) {
        PointCloud out = new PointCloud();
        for (int i = 0; i < points.size(); i++) {
            boolean inside = true;
            for (float v : new float[] {points.x()[i], points.y()[i], points.z()[i]}) {
                inside &= Math.abs(v / leaf - Math.rint(v / leaf)) > 1e-5;
            }
            if (inside) {
                add(out, points.x()[i], points.y()[i], points.z()[i]);
            }
        }
        return out;
    }

    /** x, y, z triples on the heap. */
    static FloatBuffer triples(PointCloud cloud) {
        FloatBuffer out = FloatBuffer.allocate(3 * cloud.size());
        for (int i = 0; i < cloud.size(); i++) {
            out.put(cloud.x()[i]).put(cloud.y()[i]).put(cloud.z()[i]);
        }
        return out.flip();
    }

    static double squared(PointCloud a, int i, PointCloud b, int j) {
        double dx = (double) a.x()[i] - b.x()[j];
        double dy = (double) a.y()[i] - b.y()[j];
        double dz = (double) a.z()[i] - b.z()[j];
        return dx * dx + dy * dy + dz * dz;
    }

    static void add(PointCloud out, double x, double y, double z) {
        out.add((float) x, (float) y, (float) z, 0);
    }
}
