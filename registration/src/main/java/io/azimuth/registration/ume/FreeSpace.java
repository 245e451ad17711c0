package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.Arrays;

/**
 * How far the target's rays went, as the nearest return in each direction. A source point well in
 * front of it would have been hit: the pose that puts it there is wrong, or something moved.
 */
final class FreeSpace {
    private static final double CELL_RAD = Math.toRadians(0.5);
    private static final int COLUMNS = 720;
    private static final int ROWS = 360;
    private static final double MARGIN_M = 0.5;
    private static final int MIN_RAYS = 3;

    private final float[] nearest = new float[ROWS * COLUMNS];
    private final double sensorX;
    private final double sensorY;
    private final double sensorZ;

    FreeSpace(PointCloud cloud, RigidTransform levelFromSensor) {
        sensorX = levelFromSensor.tx();
        sensorY = levelFromSensor.ty();
        sensorZ = levelFromSensor.tz();
        Arrays.fill(nearest, Float.MAX_VALUE);
        for (int i = 0; i < cloud.size(); i++) {
            double px = cloud.x()[i];
            double py = cloud.y()[i];
            double pz = cloud.z()[i];
            double dx = levelFromSensor.mapX(px, py, pz) - sensorX;
            double dy = levelFromSensor.mapY(px, py, pz) - sensorY;
            double dz = levelFromSensor.mapZ(px, py, pz) - sensorZ;
            double range = Math.sqrt(dx * dx + dy * dy + dz * dz);
            if (range > 1) {
                int c = cell(dx, dy, dz);
                nearest[c] = Math.min(nearest[c], (float) range);
            }
        }
    }

    /**
     * +1 if a ray passed the place by more than 0.5 m, 0 if one ended near or before it, -1 if
     * none.
     */
    int look(double x, double y, double z) {
        double dx = x - sensorX;
        double dy = y - sensorY;
        double dz = z - sensorZ;
        double range = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (range < 2) {
            return -1;
        }
        float seen = nearest[cell(dx, dy, dz)];
        if (seen == Float.MAX_VALUE) {
            return -1;
        }
        return seen > range + MARGIN_M ? 1 : 0;
    }

    /**
     * Whether all rays about the direction of a place passed it, three of them at least. Where one
     * of them ended, the place may be the edge of something that both have seen.
     */
    boolean clear(double x, double y, double z) {
        double dx = x - sensorX;
        double dy = y - sensorY;
        double dz = z - sensorZ;
        double range = Math.sqrt(dx * dx + dy * dy + dz * dz);
        int middle = cell(dx, dy, dz);
        int rays = 0;
        for (int a = -1; a <= 1; a++) {
            int row = Math.max(0, Math.min(ROWS - 1, middle / COLUMNS + a));
            for (int b = -1; b <= 1; b++) {
                int column = (middle % COLUMNS + b + COLUMNS) % COLUMNS;
                float seen = nearest[row * COLUMNS + column];
                if (seen < range + MARGIN_M) {
                    return false;
                }
                rays += seen == Float.MAX_VALUE ? 0 : 1;
            }
        }
        return rays >= MIN_RAYS;
    }

    private static int cell(double dx, double dy, double dz) {
        double azimuth = Math.atan2(dy, dx) + Math.PI;
        double elevation = Math.atan2(dz, Math.sqrt(dx * dx + dy * dy)) + Math.PI / 2;
        int column = Math.min(COLUMNS - 1, (int) (azimuth / CELL_RAD));
        int row = Math.min(ROWS - 1, (int) (elevation / CELL_RAD));
        return row * COLUMNS + column;
    }
}
