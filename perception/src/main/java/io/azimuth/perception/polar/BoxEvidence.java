package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import java.util.Arrays;
import java.util.List;

/**
 * What the points of a sweep say about boxes: how many lie within, when they were measured, and
 * whether something stands there that is too high for the class. One pass over the points for all
 * boxes; boxes are found by azimuth. Not thread-safe.
 */
final class BoxEvidence {
    /** Points this near a face still belong to the object. */
    private static final double MARGIN_M = 0.1;

    /** A person and the saddle of a bicycle are looked over this far about their centre. */
    private static final double NEAR_PERSON_M = 0.45;

    private static final double NEAR_CYCLIST_M = 0.9;
    private static final double LOWEST_TALL_M = 0.25;
    private static final double HIGHEST_TALL_M = 3.5;
    private static final double ROOF_FROM_M = 2.6;
    private static final double ROOF_TO_M = 4.5;
    private final BoxSectors sectors = new BoxSectors();
    private int[] inside = new int[0];
    private int[] over = new int[0];
    private long[] sumTime = new long[0];
    private int[] early = new int[0];
    private int[] firstTime = new int[0];
    private int[] lastTime = new int[0];
    private float[] top = new float[0];
    private float[] secondTop = new float[0];
    private double[] nearSquared = new double[0];
    private double[] cos = new double[0];
    private double[] sin = new double[0];
    private long halfSweepNanos;

    /**
     * Looks at the points about the boxes.
     *
     * @param boxes centres' z are heights over the ground
     * @param classes that the boxes' {@code k} stand for
     * @param heightM of every point over the ground, metres
     */
    void gather(
            List<PolarPeaks.Peak> boxes,
            List<ObjectClass> classes,
            PointCloud cloud,
            PolarCoordinates polar,
            float[] heightM,
            long sweepNanos) {
        halfSweepNanos = sweepNanos / 2;
        reset(boxes.size());
        for (int b = 0; b < boxes.size(); b++) {
            boolean cyclist = classes.get(boxes.get(b).k()) == ObjectClass.CYCLIST;
            double near = cyclist ? NEAR_CYCLIST_M : NEAR_PERSON_M;
            nearSquared[b] = near * near;
            register(boxes.get(b).box(), b);
        }
        float[] range = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        for (int i = 0; i < cloud.size(); i++) {
            if (range[i] < 0) {
                continue;
            }
            for (int w = 0; w < sectors.words(); w++) {
                for (long left = sectors.boxesAt(turns[i], w); left != 0; left &= left - 1) {
                    int b = w * Long.SIZE + Long.numberOfTrailingZeros(left);
                    if (sectors.reaches(b, range[i])) {
                        look(boxes.get(b).box(), b, cloud, i, heightM[i]);
                    }
                }
            }
        }
    }

    private void reset(int n) {
        sectors.reset(n);
        if (inside.length < n) {
            inside = new int[n];
            over = new int[n];
            sumTime = new long[n];
            early = new int[n];
            firstTime = new int[n];
            lastTime = new int[n];
            top = new float[n];
            secondTop = new float[n];
            nearSquared = new double[n];
            cos = new double[n];
            sin = new double[n];
        }
        Arrays.fill(inside, 0, n, 0);
        Arrays.fill(over, 0, n, 0);
        Arrays.fill(sumTime, 0, n, 0);
        Arrays.fill(early, 0, n, 0);
        Arrays.fill(firstTime, 0, n, Integer.MAX_VALUE);
        Arrays.fill(lastTime, 0, n, Integer.MIN_VALUE);
        Arrays.fill(top, 0, n, 0);
        Arrays.fill(secondTop, 0, n, 0);
    }

    private void register(OrientedBox box, int b) {
        cos[b] = StrictMath.cos(box.yawRad());
        sin[b] = StrictMath.sin(box.yawRad());
        double reach = 0.5 * Math.hypot(box.length(), box.width()) + NEAR_CYCLIST_M;
        sectors.add(b, box.x(), box.y(), reach);
    }

    private void look(OrientedBox box, int b, PointCloud cloud, int i, float height) {
        double dx = cloud.x()[i] - box.x();
        double dy = cloud.y()[i] - box.y();
        double along = Math.abs(cos[b] * dx + sin[b] * dy) - 0.5 * box.length();
        double across = Math.abs(cos[b] * dy - sin[b] * dx) - 0.5 * box.width();
        if (along <= 0 && across <= 0 && height >= ROOF_FROM_M && height <= ROOF_TO_M) {
            over[b]++;
        }
        if (along <= MARGIN_M
                && across <= MARGIN_M
                && Math.abs(height - box.z()) <= 0.5 * box.height() + MARGIN_M) {
            count(b, cloud.hasTime() ? cloud.timeOffsetNanos()[i] : 0);
        }
        if (height >= LOWEST_TALL_M
                && height <= HIGHEST_TALL_M
                && dx * dx + dy * dy <= nearSquared[b]) {
            secondTop[b] = Math.max(secondTop[b], Math.min(top[b], height));
            top[b] = Math.max(top[b], height);
        }
    }

    private void count(int b, int time) {
        inside[b]++;
        sumTime[b] += time;
        early[b] += time < halfSweepNanos ? 1 : 0;
        firstTime[b] = Math.min(firstTime[b], time);
        lastTime[b] = Math.max(lastTime[b], time);
    }

    /** Points within the box. */
    int points(int b) {
        return inside[b];
    }

    /** Points over a vehicle's footprint, 2.6 to 4.5 m over the ground. */
    int pointsOver(int b) {
        return over[b];
    }

    /** Height of the second highest point about the centre of a person or cyclist, up to 3.5 m. */
    double tallM(int b) {
        return secondTop[b];
    }

    /** Mean time of the box's points; mid-sweep if it has none or points have no time. */
    long timeOffsetNanos(int b, boolean timed) {
        if (!timed || inside[b] == 0) {
            return halfSweepNanos;
        }
        long sweep = 2 * halfSweepNanos;
        if (lastTime[b] - firstTime[b] > halfSweepNanos && sweep > 0) {
            // across the seam: what was seen at the start counts as seen one turn later
            return (sumTime[b] + early[b] * sweep) / inside[b] % sweep;
        }
        return sumTime[b] / inside[b];
    }
}
