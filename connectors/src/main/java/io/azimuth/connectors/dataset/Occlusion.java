package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * A cheap estimate of how much of an object others hide. Rays of the sweep that would enter the
 * object's box are counted: {@code hits} ended on the object, {@code blocked} ended before the box
 * on something else, {@code passed} went on behind it (a box is not filled: its fill is about
 * {@code hits / (hits + passed)}). The share is {@code f blocked / (hits + f blocked)} with {@code
 * f} the fill, pulled towards 3/4 where few rays tell. Rays that came back from nowhere are not
 * seen, and the box stands where it is at mid-sweep, moved for the sensor's and the object's motion
 * to first order only: good to about 0.1, not a measurement. One instance per thread.
 */
final class Occlusion {
    private static final int BINS = 1024;
    private static final double FILL = 0.75;
    private static final double FILL_WEIGHT = 8;

    private final int[] starts = new int[BINS + 1];
    private int[] order = new int[0];
    private int[] bins = new int[0];
    private float[] x = new float[0];
    private float[] y = new float[0];
    private float[] z = new float[0];
    private int[] labels = new int[0];
    private double[] twist = new double[6];

    /**
     * Takes a sweep for {@link #share}.
     *
     * @param sensorTwist motion of the sensor over the whole sweep in its own frame (wx, wy, wz,
     *     vx, vy, vz), radians and metres
     */
    void prepare(PointCloud cloud, int[] pointLabels, double[] sensorTwist) {
        x = cloud.x();
        y = cloud.y();
        z = cloud.z();
        labels = pointLabels;
        twist = sensorTwist.clone();
        int n = cloud.size();
        if (order.length < n) {
            order = new int[n + n / 4];
            bins = new int[order.length];
        }
        Arrays.fill(starts, 0);
        for (int i = 0; i < n; i++) {
            bins[i] = bin(Math.atan2(y[i], x[i]));
            starts[bins[i] + 1]++;
        }
        for (int b = 0; b < BINS; b++) {
            starts[b + 1] += starts[b];
        }
        int[] next = Arrays.copyOf(starts, BINS);
        for (int i = 0; i < n; i++) {
            order[next[bins[i]]++] = i;
        }
    }

    /**
     * The estimated share of the object that is hidden, 0 .. 1; 1 if nothing of it was hit.
     *
     * @param box at mid-sweep in the sensor's frame
     * @param moveX the object's own motion over the whole sweep in the sensor's frame, metres
     * @param moveY the same along y
     */
    double share(int objectId, OrientedBox box, double moveX, double moveY, int hits) {
        if (hits == 0) {
            return 1;
        }
        // the sensor turns clockwise from its rear: azimuth a is measured at -a / 2 pi from the
        // middle
        double late = -Math.atan2(box.y(), box.x()) / (2 * Math.PI);
        double cx = box.x() + late * (moveX - twist[3] + twist[2] * box.y());
        double cy = box.y() + late * (moveY - twist[4] - twist[2] * box.x());
        double yaw = box.yawRad() - late * twist[2];
        double radius = 0.5 * Math.hypot(box.length(), box.width());
        double distance = Math.hypot(cx, cy);
        if (distance <= radius) {
            return 0; // around the sensor: nothing is in between
        }
        double half = Math.asin(radius / distance);
        double mid = Math.atan2(cy, cx);
        int first = (int) Math.floor((mid - half + Math.PI) / (2 * Math.PI) * BINS);
        int last = (int) Math.floor((mid + half + Math.PI) / (2 * Math.PI) * BINS);
        int blocked = 0;
        int passed = 0;
        double c = Math.cos(yaw);
        double s = Math.sin(yaw);
        // the sensor in the box's frame
        double ox = -(c * cx + s * cy);
        double oy = -(-s * cx + c * cy);
        double oz = -box.z();
        for (int b = first; b <= last; b++) {
            int bin = Math.floorMod(b, BINS);
            for (int k = starts[bin]; k < starts[bin + 1]; k++) {
                int i = order[k];
                if (labels[i] == objectId) {
                    continue;
                }
                double dx = c * x[i] + s * y[i];
                double dy = -s * x[i] + c * y[i];
                double entry = entry(box, ox, oy, oz, dx, dy, z[i]);
                if (entry > 1) {
                    blocked++;
                } else if (entry >= 0) {
                    passed++;
                }
            }
        }
        double fill = (hits + FILL * FILL_WEIGHT) / (hits + passed + FILL_WEIGHT);
        return fill * blocked / (hits + fill * blocked);
    }

    /** Where the ray o + s d enters the box, s in units of d; negative if it misses. */
    private static double entry(
            OrientedBox box, double ox, double oy, double oz, double dx, double dy, double dz) {
        double in = 0;
        double out = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 3; k++) {
            double o = k == 0 ? ox : k == 1 ? oy : oz;
            double d = k == 0 ? dx : k == 1 ? dy : dz;
            double h = 0.5 * (k == 0 ? box.length() : k == 1 ? box.width() : box.height());
            double a = (-h - o) / d;
            double b = (h - o) / d;
            in = Math.max(in, Math.min(a, b));
            out = Math.min(out, Math.max(a, b));
        }
        return in <= out ? in : -1;
    }

    private static int bin(double azimuth) {
        return Math.min(BINS - 1, (int) ((azimuth + Math.PI) * (BINS / (2 * Math.PI))));
    }
}
