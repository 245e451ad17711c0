package io.azimuth.jobs.realism;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.List;
import java.util.random.RandomGenerator;

/** Sweeps of 32 lasers over a level road, made by hand. */
final class Scenes {
    static final double HEIGHT_M = 1.7;
    static final int RINGS = 32;
    static final int COLUMNS = 1000;

    private Scenes() {}

    /** What a firing returns. */
    interface Return {
        /** Range along the ray in metres, or NaN for no return. */
        double of(int ring, int column, double range);
    }

    static double tangent(int ring) {
        return -0.05 - 0.01 * ring;
    }

    /** A level road whose returns are changed by {@code by}; ring 0 looks farthest. */
    static Scan road(Return by, List<CarBox> cars) {
        PointCloud cloud = new PointCloud();
        for (int r = 0; r < RINGS; r++) {
            double t = tangent(r);
            double length = Math.sqrt(1 + t * t);
            for (int c = 0; c < COLUMNS; c++) {
                double range = by.of(r, c, HEIGHT_M / -t * length);
                if (!Double.isNaN(range)) {
                    double flat = range / length;
                    double a = 2 * Math.PI * (c + 0.5) / COLUMNS;
                    add(cloud, flat * Math.cos(a), flat * Math.sin(a), flat * t, r);
                }
            }
        }
        return scan(cloud, cars);
    }

    static void add(PointCloud cloud, double x, double y, double z, int ring) {
        cloud.add((float) x, (float) y, (float) z, 0.3f, ring, 0);
    }

    static Scan scan(PointCloud cloud, List<CarBox> cars) {
        cloud.declare(true, false);
        Sweep sweep =
                new Sweep(
                        "v",
                        "v/top",
                        "scene",
                        0,
                        0,
                        100_000_000,
                        Sweep.Sector.WHOLE,
                        RigidTransform.IDENTITY,
                        null,
                        cloud);
        return new Scan(sweep, cars, null);
    }

    static Findings of(Measure measure, Scan scan) {
        measure.add(scan);
        Findings out = new Findings();
        measure.report(out);
        return out;
    }

    /** Points of the plane y = 8 (a wall) with noise across it. */
    static void wall(PointCloud cloud, RandomGenerator random, double sigmaM) {
        for (int i = 0; i < 4000; i++) {
            double x = random.nextDouble(-2, 2);
            double z = random.nextDouble(-1, 2);
            add(cloud, x, 8.5 + sigmaM * random.nextGaussian(), z, i % RINGS);
        }
    }
}
