package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * The points of a sweep that a box's crop holds, and what may go wrong with them: a box beside its
 * object, a part that is hidden, beams and returns that are missing. Buffers are reused; not
 * thread-safe.
 */
final class CropCutter {
    /** A larger crop says no more: points beyond are left out by chance. */
    private static final int MOST_POINTS = 3000;

    private int[] index = new int[4096];
    private int count;
    private int inside;

    /** Places in the cloud of the points that are left. */
    int[] indices() {
        return Arrays.copyOf(index, count);
    }

    int count() {
        return count;
    }

    /** Share of the points in the box that is left. */
    double kept() {
        return inside == 0 ? 0 : (double) count / inside;
    }

    /** Takes what lies in a box after it is grown, as the engine crops its detections. */
    void take(PointCloud cloud, OrientedBox box) {
        double c = StrictMath.cos(box.yawRad());
        double s = StrictMath.sin(box.yawRad());
        double halfLength = OrientedBox.cropHalf(box.length());
        double halfWidth = OrientedBox.cropHalf(box.width());
        double halfHeight = OrientedBox.cropHalf(box.height());
        count = 0;
        for (int i = 0; i < cloud.size(); i++) {
            double dx = cloud.x()[i] - box.x();
            double dy = cloud.y()[i] - box.y();
            if (Math.abs(c * dx + s * dy) <= halfLength
                    && Math.abs(c * dy - s * dx) <= halfWidth
                    && Math.abs(cloud.z()[i] - box.z()) <= halfHeight) {
                if (count == index.length) {
                    index = Arrays.copyOf(index, count * 2);
                }
                index[count++] = i;
            }
        }
        inside = count;
    }

    /** Leaves out what lies lower. */
    void cutBelow(PointCloud cloud, double lowestZ) {
        int n = 0;
        for (int k = 0; k < count; k++) {
            if (cloud.z()[index[k]] >= lowestZ) {
                index[n++] = index[k];
            }
        }
        count = n;
    }

    /** A box as a detector might place it: moved by up to 10 %, 10 % larger or smaller, turned. */
    static OrientedBox misplaced(OrientedBox box, Draws draws) {
        double along = draws.between(-0.1, 0.1) * box.length();
        double across = draws.between(-0.1, 0.1) * box.width();
        double c = StrictMath.cos(box.yawRad());
        double s = StrictMath.sin(box.yawRad());
        return new OrientedBox(
                box.x() + c * along - s * across,
                box.y() + s * along + c * across,
                box.z() + draws.between(-0.05, 0.05) * box.height(),
                box.length() * draws.between(0.9, 1.1),
                box.width() * draws.between(0.9, 1.1),
                box.height() * draws.between(0.9, 1.1),
                box.yawRad() + draws.around(0, Math.toRadians(6)));
    }

    /**
     * Hides a part of one crop in four, leaves out up to half of the points of every second one,
     * and every second beam of one in eight.
     *
     * @param ringStep every how manyth beam is there
     */
    void spoil(PointCloud cloud, int ringStep, Draws draws) {
        if (draws.chance(0.25)) {
            hide(cloud, draws);
        }
        if (draws.chance(0.125)) {
            keepRings(cloud, 2 * ringStep, draws.below(2) * ringStep);
        }
        if (draws.chance(0.5)) {
            drop(draws.between(0, 0.5), draws);
        }
    }

    /** Something before it hides 10 to 50 % of its points: those to one side, or the lowest. */
    private void hide(PointCloud cloud, Draws draws) {
        if (count < 2) {
            return;
        }
        double kind = draws.unit();
        double share = draws.between(0.1, 0.5);
        double middle = StrictMath.atan2(cloud.y()[index[0]], cloud.x()[index[0]]);
        double[] key = new double[count];
        for (int k = 0; k < count; k++) {
            int i = index[k];
            double turn =
                    Math.IEEEremainder(
                            StrictMath.atan2(cloud.y()[i], cloud.x()[i]) - middle, 2 * Math.PI);
            key[k] = kind < 0.4 ? turn : kind < 0.8 ? -turn : cloud.z()[i];
        }
        double[] sorted = key.clone();
        Arrays.sort(sorted);
        double limit = sorted[(int) (share * (count - 1))];
        int n = 0;
        for (int k = 0; k < key.length; k++) {
            if (key[k] >= limit) {
                index[n++] = index[k];
            }
        }
        count = n;
    }

    private void keepRings(PointCloud cloud, int step, int phase) {
        int n = 0;
        for (int k = 0; k < count; k++) {
            if (cloud.ringOf(index[k]) % step == phase) {
                index[n++] = index[k];
            }
        }
        count = n;
    }

    private void drop(double share, Draws draws) {
        int n = 0;
        for (int k = 0; k < count; k++) {
            if (!draws.chance(share)) {
                index[n++] = index[k];
            }
        }
        count = n;
    }

    /** Leaves 3000 points of a larger crop. */
    void bound(Draws draws) {
        int n = 0;
        int left = count;
        int wanted = Math.min(count, MOST_POINTS);
        for (int k = 0; k < count; k++, left--) {
            if (draws.below(left) < wanted - n) { // selection sampling: exactly so many
                index[n++] = index[k];
            }
        }
        count = n;
    }
}
