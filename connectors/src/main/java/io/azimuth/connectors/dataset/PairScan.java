package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.Surface;
import io.azimuth.perception.simulation.TownDrive;
import java.util.Arrays;

/**
 * A scan as registration gets it: all points where they would be seen from the sensor's place at
 * mid-sweep, or bent by what is left of the sensor's motion. The exact motion is used, interpolated
 * between 257 poses of the sweep.
 *
 * @param points in the (turned) frame of the sensor at mid-sweep
 * @param labels one a point, as in {@link SimulatedSweep}
 * @param worldFromScan where that frame is
 */
record PairScan(PointCloud points, int[] labels, RigidTransform worldFromScan) {
    private static final int KNOTS = 256;

    /**
     * @param bent 0 brings all points to mid-sweep; 1 leaves them as the moving sensor measured
     *     them, 2 as if it had moved twice as fast. The scan stays where the sensor was at
     *     mid-sweep
     */
    static PairScan of(TownDrive drive, int sensor, int index, double bent) {
        SimulatedSweep made = drive.sweep(0, sensor, index);
        Sweep sweep = made.sweep();
        double[][] knots = new double[KNOTS + 1][];
        RigidTransform scanFromWorld = made.worldFromSensor().inverse();
        for (int k = 0; k <= KNOTS; k++) {
            long nanos = sweep.startNanos() + sweep.durationNanos() * (long) k / KNOTS;
            RigidTransform moved = scanFromWorld.times(drive.worldFromSensor(0, sensor, nanos));
            knots[k] = (bent == 0 ? moved : moved.power(1 - bent)).toRows();
        }
        PointCloud from = sweep.points();
        PointCloud to = new PointCloud(from.size());
        double scale = (double) KNOTS / sweep.durationNanos();
        double[] m = new double[12];
        for (int i = 0; i < from.size(); i++) {
            double at = Math.max(0, Math.min(KNOTS, from.timeOffsetNanos()[i] * scale));
            int k = Math.min(KNOTS - 1, (int) at);
            for (int c = 0; c < 12; c++) {
                m[c] = knots[k][c] + (at - k) * (knots[k + 1][c] - knots[k][c]);
            }
            add(to, from, i, m);
        }
        return new PairScan(to, made.pointLabels(), made.worldFromSensor());
    }

    /** The same scan of a sensor that is mounted turned by {@code yawRad}. */
    PairScan turned(double yawRad) {
        RigidTransform scanFromTurned = RigidTransform.ofYaw(yawRad, 0, 0, 0);
        double[] m = scanFromTurned.inverse().toRows();
        PointCloud to = new PointCloud(points.size());
        for (int i = 0; i < points.size(); i++) {
            add(to, points, i, m);
        }
        return new PairScan(to, labels, worldFromScan.times(scanFromTurned));
    }

    private static void add(PointCloud to, PointCloud from, int i, double[] m) {
        double x = from.x()[i];
        double y = from.y()[i];
        double z = from.z()[i];
        to.add(
                (float) (m[0] * x + m[1] * y + m[2] * z + m[3]),
                (float) (m[4] * x + m[5] * y + m[6] * z + m[7]),
                (float) (m[8] * x + m[9] * y + m[10] * z + m[11]),
                from.intensity()[i]);
    }

    /** x y z by turns of the points that are not on the ground. */
    float[] aboveGround() {
        float[] out = new float[3 * points.size()];
        int n = 0;
        for (int i = 0; i < points.size(); i++) {
            if (labels[i] < 0 && Surface.ofLabel(labels[i]).isGround()) {
                continue;
            }
            out[n++] = points.x()[i];
            out[n++] = points.y()[i];
            out[n++] = points.z()[i];
        }
        return Arrays.copyOf(out, n);
    }
}
