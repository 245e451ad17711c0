package io.azimuth.perception.cluster;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Boxes on a (tilted) plane as a spinning sensor sees them: exact ray casting, seeded noise. */
final class SyntheticScene {
    private final double sensorHeight;
    private final double slope;
    private final List<OrientedBox> boxes = new ArrayList<>();
    private final List<Double> roughness = new ArrayList<>();
    private double[] elevations = spread(64, -24, 2);
    private int columns = 2000;
    private boolean ring = true;
    private double kerbX = Double.MAX_VALUE;
    private double noise = 0.01;

    SyntheticScene(double sensorHeight, double slope) {
        this.sensorHeight = sensorHeight;
        this.slope = slope;
    }

    static double[] spread(int rows, double fromDeg, double toDeg) {
        double[] e = new double[rows];
        for (int i = 0; i < rows; i++) {
            e[i] = Math.toRadians(fromDeg + (toDeg - fromDeg) * i / (rows - 1));
        }
        return e;
    }

    SyntheticScene beams(int rows, double fromDeg, double toDeg, int columns) {
        elevations = spread(rows, fromDeg, toDeg);
        this.columns = columns;
        return this;
    }

    SyntheticScene withoutRing() {
        ring = false;
        return this;
    }

    /** Ground 0.15 m higher from x on. */
    SyntheticScene kerbAt(double x) {
        kerbX = x;
        return this;
    }

    double groundZ(double x) {
        return -sensorHeight + slope * x + (x > kerbX ? 0.15 : 0);
    }

    /** A box from {@code bottom} over the ground up. */
    SyntheticScene box(
            double x, double y, double bottom, double l, double w, double h, double yaw) {
        return rough(x, y, bottom, l, w, h, yaw, 0);
    }

    /** A box whose surface is uneven by {@code depth} metres, like foliage. */
    SyntheticScene rough(
            double x,
            double y,
            double bottom,
            double l,
            double w,
            double h,
            double yaw,
            double depth) {
        boxes.add(new OrientedBox(x, y, groundZ(x) + bottom + 0.5 * h, l, w, h, yaw));
        roughness.add(depth);
        return this;
    }

    /** Body and a set-back cabin; 4.2 x 1.75 x 1.5 m. */
    SyntheticScene car(double x, double y, double yaw) {
        box(x, y, 0.22, 4.2, 1.75, 0.68, yaw);
        return box(x - 0.2 * Math.cos(yaw), y - 0.2 * Math.sin(yaw), 0.9, 2.3, 1.45, 0.6, yaw);
    }

    /** Two wheels and a frame, rider above. */
    SyntheticScene cyclist(double x, double y, double yaw) {
        double ahead = Math.cos(yaw);
        double left = Math.sin(yaw);
        for (int end = -1; end <= 1; end += 2) { // a wheel is mostly gaps
            box(x + 0.53 * end * ahead, y + 0.53 * end * left, 0.02, 0.4, 0.04, 0.08, yaw);
            box(x + 0.53 * end * ahead, y + 0.53 * end * left, 0.58, 0.4, 0.04, 0.08, yaw);
            box(x + 0.83 * end * ahead, y + 0.83 * end * left, 0.15, 0.06, 0.04, 0.4, yaw);
            box(x + 0.23 * end * ahead, y + 0.23 * end * left, 0.15, 0.06, 0.04, 0.4, yaw);
        }
        box(x, y, 0.6, 0.9, 0.05, 0.08, yaw);
        box(x - 0.05 * ahead, y - 0.05 * left, 0.3, 0.25, 0.34, 0.6, yaw);
        box(x, y, 0.9, 0.35, 0.44, 0.5, yaw);
        return box(x + 0.15 * ahead, y + 0.15 * left, 1.42, 0.2, 0.17, 0.27, yaw);
    }

    SyntheticScene pedestrian(double x, double y) {
        box(x + 0.12, y - 0.12, 0.02, 0.25, 0.15, 0.8, 0.3);
        box(x - 0.12, y + 0.12, 0.02, 0.25, 0.15, 0.8, 0.3);
        box(x, y, 0.8, 0.28, 0.5, 0.65, 0.3);
        return box(x, y, 1.45, 0.2, 0.17, 0.25, 0.3);
    }

    Sweep scan() {
        Random random = new Random(7);
        PointCloud cloud = new PointCloud(elevations.length * columns);
        for (int r = 0; r < elevations.length; r++) {
            double tan = Math.tan(elevations[r]);
            for (int c = 0; c < columns; c++) {
                double azimuth = (c + 0.5) / columns * 2 * Math.PI;
                double cos = Math.cos(azimuth);
                double sin = Math.sin(azimuth);
                double range = groundRange(cos, tan);
                double gauss = random.nextGaussian();
                for (int b = 0; b < boxes.size(); b++) {
                    double hit =
                            hit(boxes.get(b), cos, sin, tan) + Math.abs(gauss) * roughness.get(b);
                    range = Math.min(range, hit);
                }
                if (range > 1 && range < 90) {
                    double noisy = range + noise * gauss;
                    cloud.add(
                            (float) (noisy * cos),
                            (float) (noisy * sin),
                            (float) (noisy * tan),
                            0.3f,
                            r,
                            (int) (c * 100e6 / columns));
                }
            }
        }
        cloud.declare(ring, true);
        return sweep(cloud);
    }

    static Sweep sweep(PointCloud cloud) {
        return new Sweep(
                "v",
                "v/top",
                "d",
                0,
                0,
                100_000_000,
                Sweep.Sector.WHOLE,
                RigidTransform.IDENTITY,
                null,
                cloud);
    }

    private double groundRange(double cos, double tan) {
        double flat = -sensorHeight / (tan - slope * cos);
        double range = flat > 0 ? flat : 1e9;
        if (range * cos > kerbX) {
            range = Math.max(kerbX / cos, (-sensorHeight + 0.15) / (tan - slope * cos));
        }
        return range;
    }

    private static double hit(OrientedBox b, double cos, double sin, double tan) {
        double c = Math.cos(b.yawRad());
        double s = Math.sin(b.yawRad());
        double[] o = {-(c * b.x() + s * b.y()), s * b.x() - c * b.y(), -b.z()};
        double[] d = {c * cos + s * sin, -s * cos + c * sin, tan};
        double[] half = {0.5 * b.length(), 0.5 * b.width(), 0.5 * b.height()};
        double near = 0;
        double far = 1e9;
        for (int k = 0; k < 3; k++) {
            double t0 = (-half[k] - o[k]) / d[k];
            double t1 = (half[k] - o[k]) / d[k];
            near = Math.max(near, Math.min(t0, t1));
            far = Math.min(far, Math.max(t0, t1));
        }
        return near <= far && near > 0 ? near : 1e9;
    }
}
