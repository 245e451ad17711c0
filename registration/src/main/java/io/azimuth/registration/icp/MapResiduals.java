package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.GaussianVoxelMap;

/**
 * A scan against a map: r is the distance of a mapped point to its voxel's mean, M the voxel's
 * constraint matrix. Weights are Geman-McClure's, {@code (k^2 / (k^2 + r^T M r))^2}; k and r are
 * both metres.
 */
final class MapResiduals implements Linearisation {
    /**
     * Farther away, neighbouring columns of a sensor lie so far apart on a wall that each looks
     * like a pole; it moves with the sensor and would tell it that it stands still.
     */
    private static final double MAX_POLE_RANGE_M = 12;

    private GaussianVoxelMap map = new GaussianVoxelMap(1, 0.1);
    private double[] points = {};
    private int size;
    private double k2;

    /**
     * @param points x, y, z triples in the sensor's frame
     * @param kernelM distance at which a point loses most of its say
     */
    void set(GaussianVoxelMap map, double[] points, int size, double kernelM) {
        this.map = map;
        this.points = points;
        this.size = size;
        this.k2 = kernelM * kernelM;
    }

    @Override
    public void linearise(RigidTransform mapFromSensor, NormalEquations into) {
        double tx = mapFromSensor.tx();
        double ty = mapFromSensor.ty();
        double tz = mapFromSensor.tz();
        for (int i = 0; i < 3 * size; i += 3) {
            double px = mapFromSensor.mapX(points[i], points[i + 1], points[i + 2]);
            double py = mapFromSensor.mapY(points[i], points[i + 1], points[i + 2]);
            double pz = mapFromSensor.mapZ(points[i], points[i + 1], points[i + 2]);
            int voxel = map.find(px, py, pz);
            double ax = px - tx;
            double ay = py - ty;
            double az = pz - tz;
            boolean far = ax * ax + ay * ay > MAX_POLE_RANGE_M * MAX_POLE_RANGE_M;
            if (voxel < 0 || (far && map.thinDirections(voxel) > 1)) {
                continue;
            }
            addPoint(into, 9 * voxel, px, py, pz, ax, ay, az);
        }
    }

    private void addPoint(
            NormalEquations into,
            int o,
            double px,
            double py,
            double pz,
            double ax,
            double ay,
            double az) {
        double[] s = map.shapes();
        double rx = px - s[o];
        double ry = py - s[o + 1];
        double rz = pz - s[o + 2];
        double mxx = s[o + 3];
        double mxy = s[o + 4];
        double mxz = s[o + 5];
        double myy = s[o + 6];
        double myz = s[o + 7];
        double mzz = s[o + 8];
        double gx = mxx * rx + mxy * ry + mxz * rz;
        double gy = mxy * rx + myy * ry + myz * rz;
        double gz = mxz * rx + myz * ry + mzz * rz;
        double e2 = gx * rx + gy * ry + gz * rz;
        double ratio = k2 / (k2 + e2);
        into.matched++;
        into.cost += e2 * ratio;
        if (e2 < k2) {
            into.inliers++;
            into.squaredInlierResiduals += e2;
        }
        into.add(ratio * ratio, ax, ay, az, gx, gy, gz, mxx, mxy, mxz, myy, myz, mzz);
    }
}
