package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.GaussianVoxelMap;
import java.util.Arrays;

/**
 * One linearisation of a scan against a map: {@code sum w J^T M J} and {@code sum w J^T M r} with r
 * the distance of a mapped point to its voxel's mean, M the voxel's constraint matrix and J the
 * derivative with respect to a turn about the sensor and a shift, both along the map's axes.
 * Weights are Geman-McClure's, {@code (k^2 / (k^2 + r^T M r))^2}; k and r are both metres.
 *
 * <p>Summed in the order of the points, in one thread, so that the bits repeat.
 */
final class NormalEquations {
    final double[] hessian = new double[36];
    final double[] gradient = new double[6];
    int matched;
    int inliers;
    double squaredInlierResiduals;
    double robustCost;

    void build(
            GaussianVoxelMap map,
            RigidTransform mapFromSensor,
            double[] points,
            int size,
            double kernelM) {
        Arrays.fill(hessian, 0);
        Arrays.fill(gradient, 0);
        matched = 0;
        inliers = 0;
        squaredInlierResiduals = 0;
        robustCost = 0;
        double k2 = kernelM * kernelM;
        double tx = mapFromSensor.tx();
        double ty = mapFromSensor.ty();
        double tz = mapFromSensor.tz();
        for (int i = 0; i < 3 * size; i += 3) {
            double px = mapFromSensor.mapX(points[i], points[i + 1], points[i + 2]);
            double py = mapFromSensor.mapY(points[i], points[i + 1], points[i + 2]);
            double pz = mapFromSensor.mapZ(points[i], points[i + 1], points[i + 2]);
            int voxel = map.find(px, py, pz);
            if (voxel < 0) {
                robustCost += k2;
                continue;
            }
            addPoint(map.shapes(), 9 * voxel, px, py, pz, px - tx, py - ty, pz - tz, k2);
        }
        mirror();
    }

    private void addPoint(
            double[] s,
            int o,
            double px,
            double py,
            double pz,
            double ax,
            double ay,
            double az,
            double k2) {
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
        double w = ratio * ratio;
        matched++;
        robustCost += e2 * ratio;
        if (e2 < k2) {
            inliers++;
            squaredInlierResiduals += e2;
        }
        double[] g = gradient;
        g[0] += w * (ay * gz - az * gy);
        g[1] += w * (az * gx - ax * gz);
        g[2] += w * (ax * gy - ay * gx);
        g[3] += w * gx;
        g[4] += w * gy;
        g[5] += w * gz;
        // rows of B = [a]x M, the rotation-translation block
        double b00 = ay * mxz - az * mxy;
        double b01 = ay * myz - az * myy;
        double b02 = ay * mzz - az * myz;
        double b10 = az * mxx - ax * mxz;
        double b11 = az * mxy - ax * myz;
        double b12 = az * mxz - ax * mzz;
        double b20 = ax * mxy - ay * mxx;
        double b21 = ax * myy - ay * mxy;
        double b22 = ax * myz - ay * mxz;
        double[] h = hessian;
        // rotation-rotation block: B [a]x^T
        h[0] += w * (ay * b02 - az * b01);
        h[1] += w * (az * b00 - ax * b02);
        h[2] += w * (ax * b01 - ay * b00);
        h[7] += w * (az * b10 - ax * b12);
        h[8] += w * (ax * b11 - ay * b10);
        h[14] += w * (ax * b21 - ay * b20);
        h[3] += w * b00;
        h[4] += w * b01;
        h[5] += w * b02;
        h[9] += w * b10;
        h[10] += w * b11;
        h[11] += w * b12;
        h[15] += w * b20;
        h[16] += w * b21;
        h[17] += w * b22;
        h[21] += w * mxx;
        h[22] += w * mxy;
        h[23] += w * mxz;
        h[28] += w * myy;
        h[29] += w * myz;
        h[35] += w * mzz;
    }

    private void mirror() {
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < i; j++) {
                hessian[6 * i + j] = hessian[6 * j + i];
            }
        }
    }
}
