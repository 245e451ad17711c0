package io.azimuth.perception.geometry.objects;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Returns;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives detections some of their points: the means of the points in each cell of a cubic grid,
 * which is made coarser until they are few enough. Points near the box's bottom stay away, they may
 * be the ground's. A pure function of the cloud and the detections; buffers are reused; not
 * thread-safe.
 */
public final class ReturnsSampler {
    /** Points that a sweep's detections get together; the last of a crowd go without. */
    public static final int MAX_SWEEP_POINTS = 48 * Returns.MAX_POINTS;

    /** Fewer cells than this tell no motion. */
    public static final int MIN_POINTS = 5;

    private static final double CELL_M = 0.15;
    private static final double COARSER = 1.3;
    private static final double MARGIN_M = 0.1;
    private static final double GROUND_M = 0.2;

    /** Offsets in centimetres are shorts: no cell of a box beyond this is kept. */
    private static final double MOST_M = 300;

    private final BoxCutter cutter = new BoxCutter();
    private final long[] keys = new long[Returns.MAX_POINTS];
    private final double[] sums = new double[3 * Returns.MAX_POINTS];
    private final int[] counts = new int[Returns.MAX_POINTS];

    /**
     * The detections in their order, with points if they have enough, from the first on until there
     * are {@link #MAX_SWEEP_POINTS}.
     *
     * @param cloud the sweep in which they were found, as it was measured
     */
    public List<Detection> attach(PointCloud cloud, List<Detection> detections) {
        List<OrientedBox> boxes = new ArrayList<>(detections.size());
        for (Detection d : detections) {
            boxes.add(aboveGround(d.box()));
        }
        cutter.cut(cloud, boxes);
        List<Detection> out = new ArrayList<>(detections);
        int left = MAX_SWEEP_POINTS;
        for (int b = 0; b < out.size() && left >= MIN_POINTS; b++) {
            Detection d = out.get(b);
            Returns sample = sample(cloud, cutter.members(b), cutter.size(b), d.box());
            if (sample != null && sample.size() <= left) {
                left -= sample.size();
                out.set(b, d.with(sample));
            }
        }
        return out;
    }

    private static OrientedBox aboveGround(OrientedBox b) {
        double low = b.bottomZ() + Math.min(GROUND_M, 0.25 * b.height());
        double high = b.z() + 0.5 * b.height() + MARGIN_M;
        return new OrientedBox(
                b.x(),
                b.y(),
                0.5 * (low + high),
                b.length() + 2 * MARGIN_M,
                b.width() + 2 * MARGIN_M,
                high - low,
                b.yawRad());
    }

    private @Nullable Returns sample(PointCloud cloud, int[] members, int size, OrientedBox box) {
        if (size < MIN_POINTS || largest(box) > MOST_M) {
            return null;
        }
        int cells = -1;
        for (double cell = CELL_M; cells < 0; cell *= COARSER) {
            cells = collect(cloud, members, size, box, cell);
        }
        if (cells < MIN_POINTS) {
            return null;
        }
        short[] offsets = new short[3 * cells];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (short) Math.round(100 * sums[i] / counts[i / 3]);
        }
        return new Returns(offsets);
    }

    private static double largest(OrientedBox b) {
        return Math.max(b.height(), Math.max(b.length(), b.width()));
    }

    /** Sums by cell in the order in which cells are met; -1 if there are too many. */
    private int collect(PointCloud cloud, int[] members, int size, OrientedBox box, double cell) {
        int cells = 0;
        for (int m = 0; m < size; m++) {
            double x = cloud.x()[members[m]] - box.x();
            double y = cloud.y()[members[m]] - box.y();
            double z = cloud.z()[members[m]] - box.z();
            long key = key(x / cell) << 42 ^ key(y / cell) << 21 ^ key(z / cell);
            int k = cells - 1; // from the latest: neighbours in the sweep share cells
            while (k >= 0 && keys[k] != key) {
                k--;
            }
            if (k < 0) {
                if (cells == keys.length) {
                    return -1;
                }
                k = cells++;
                keys[k] = key;
                counts[k] = 0;
                sums[3 * k] = 0;
                sums[3 * k + 1] = 0;
                sums[3 * k + 2] = 0;
            }
            counts[k]++;
            sums[3 * k] += x;
            sums[3 * k + 1] += y;
            sums[3 * k + 2] += z;
        }
        return cells;
    }

    private static long key(double cells) {
        return (long) Math.floor(cells) & 0x1FFFFF;
    }
}
