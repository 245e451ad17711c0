package io.azimuth.perception.invariant;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;

/**
 * The points of one object and where they were seen from, all in one frame of any choice. The
 * arrays are the record's own from then on; do not change them. Points may be NaN: an encoder
 * leaves them out and says so.
 *
 * @param x metres, one entry a point
 * @param y metres
 * @param z metres
 * @param sensor where the points were seen from: x, y, z, metres
 * @param up direction against gravity, of length 1; used by {@link SymmetryGroup#YAW} alone
 */
public record Crop(double[] x, double[] y, double[] z, double[] sensor, double[] up) {
    public Crop {
        if (x.length != y.length || x.length != z.length) {
            throw new IllegalArgumentException(
                    "crop has %d, %d and %d coordinates, expected equally many"
                            .formatted(x.length, y.length, z.length));
        }
        requireVector("sensor", sensor);
        requireVector("up", up);
        double length = Math.sqrt(up[0] * up[0] + up[1] * up[1] + up[2] * up[2]);
        if (Math.abs(length - 1) > 1e-6) {
            throw new IllegalArgumentException(
                    "crop: up has length %s, expected 1".formatted(length));
        }
    }

    /** A crop in the sensor's frame, which stands upright: sensor at the origin, up is +z. */
    public static Crop inSensorFrame(PointCloud cloud, int[] indices, int count) {
        double[] x = new double[count];
        double[] y = new double[count];
        double[] z = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = cloud.x()[indices[i]];
            y[i] = cloud.y()[indices[i]];
            z[i] = cloud.z()[indices[i]];
        }
        return new Crop(x, y, z, new double[3], new double[] {0, 0, 1});
    }

    public int size() {
        return x.length;
    }

    /** The whole scene in another frame: points, sensor and up move together. */
    public Crop in(RigidTransform targetFromSource) {
        double[] m = targetFromSource.toRows();
        int n = size();
        double[] tx = new double[n];
        double[] ty = new double[n];
        double[] tz = new double[n];
        for (int i = 0; i < n; i++) {
            tx[i] = m[0] * x[i] + m[1] * y[i] + m[2] * z[i] + m[3];
            ty[i] = m[4] * x[i] + m[5] * y[i] + m[6] * z[i] + m[7];
            tz[i] = m[8] * x[i] + m[9] * y[i] + m[10] * z[i] + m[11];
        }
        double[] movedSensor = new double[3];
        double[] movedUp = new double[3];
        for (int r = 0; r < 3; r++) {
            double turned = 0;
            double turnedUp = 0;
            for (int c = 0; c < 3; c++) {
                turned += m[4 * r + c] * sensor[c];
                turnedUp += m[4 * r + c] * up[c];
            }
            movedSensor[r] = turned + m[4 * r + 3];
            movedUp[r] = turnedUp;
        }
        return new Crop(tx, ty, tz, movedSensor, movedUp);
    }

    private static void requireVector(String name, double[] v) {
        if (v.length != 3 || !Double.isFinite(v[0] + v[1] + v[2])) {
            throw new IllegalArgumentException(
                    "crop: %s is %s, expected three finite numbers"
                            .formatted(name, java.util.Arrays.toString(v)));
        }
    }
}
