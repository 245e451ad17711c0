package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;

/**
 * Thins a sweep to what odometry needs: the centroid of each voxel, with the time of its first
 * point. Points of another part of the sweep that fall into the same voxel (the seam where start
 * meets end) form a voxel of their own. One instance per thread; buffers are reused.
 */
public final class SweepReducer {
    private static final int SECTORS = 36;
    private static final int TIME_PARTS = 8;

    private final OdometryConfig config;
    private final float stepM;
    private final VoxelThinner thinner = new VoxelThinner();
    private double[] sum = new double[0]; // x, y, z
    private int[] count = new int[0];
    private int[] time = new int[0];

    public SweepReducer(OdometryConfig config) {
        this.config = config;
        this.stepM = (float) Math.max(0.004, config.maxRangeM() / 32_000);
    }

    /** The reduced sweep; arrays are fresh and owned by the result. */
    public ReducedSweep reduce(Sweep sweep) {
        gather(sweep);
        int cells = thinner.size();
        boolean[] keep = stratified(cells, Math.min(cells, ReducedSweep.MAX_POINTS));
        int kept = 0;
        for (boolean k : keep) {
            kept += k ? 1 : 0;
        }
        short[] x = new short[kept];
        short[] y = new short[kept];
        short[] z = new short[kept];
        short[] t = new short[kept];
        int n = 0;
        for (int c = 0; c < cells; c++) {
            if (!keep[c]) {
                continue;
            }
            double scale = 1.0 / (count[c] * (double) stepM);
            x[n] = (short) Math.round(sum[3 * c] * scale);
            y[n] = (short) Math.round(sum[3 * c + 1] * scale);
            z[n] = (short) Math.round(sum[3 * c + 2] * scale);
            t[n++] = (short) time[c];
        }
        return new ReducedSweep(
                sweep.seq(),
                sweep.startNanos(),
                sweep.endNanos(),
                sweep.points().hasTime(),
                stepM,
                x,
                y,
                z,
                t);
    }

    private void gather(Sweep sweep) {
        PointCloud points = sweep.points();
        int size = points.size();
        thinner.clear(size);
        if (count.length < size) {
            count = new int[size];
            time = new int[size];
            sum = new double[3 * size];
        }
        double min2 = config.minRangeM() * config.minRangeM();
        double max2 = config.maxRangeM() * config.maxRangeM();
        float inverse = (float) (1 / config.reduceM());
        double duration = sweep.durationNanos();
        boolean timed = points.hasTime();
        float[] xs = points.x();
        float[] ys = points.y();
        float[] zs = points.z();
        int[] offsets = points.timeOffsetNanos();
        for (int i = 0; i < size; i++) {
            float x = xs[i];
            float y = ys[i];
            float z = zs[i];
            float range2 = x * x + y * y + z * z;
            if (!(range2 >= min2 && range2 <= max2)) {
                continue; // NaN too
            }
            int t =
                    timed
                            ? (int) Math.max(0, Math.min(65535, offsets[i] / duration * 65535 + 0.5))
                            : 32768;
            int part = t * TIME_PARTS >> 16;
            // the seam: the last part of the sweep is told apart by a shift of z beyond any range
            int shift = part == TIME_PARTS - 1 ? 500_000 : 0;
            int seen = thinner.size();
            int c =
                    thinner.cell(
                            floor(x * inverse), floor(y * inverse), floor(z * inverse) + shift);
            if (c == seen) {
                count[c] = 0;
                time[c] = t;
                sum[3 * c] = 0;
                sum[3 * c + 1] = 0;
                sum[3 * c + 2] = 0;
            }
            count[c]++;
            sum[3 * c] += x;
            sum[3 * c + 1] += y;
            sum[3 * c + 2] += z;
        }
    }

    /** Marks {@code kept} of the cells: full sectors give way first, evenly within a sector. */
    private boolean[] stratified(int cells, int kept) {
        boolean[] keep = new boolean[cells];
        if (kept == cells) {
            java.util.Arrays.fill(keep, true);
            return keep;
        }
        int[] sector = new int[cells];
        int[] inSector = new int[SECTORS];
        for (int c = 0; c < cells; c++) {
            double turn = Math.atan2(sum[3 * c + 1], sum[3 * c]) / (2 * Math.PI) + 0.5;
            sector[c] = Math.min(SECTORS - 1, (int) (turn * SECTORS));
            inSector[sector[c]]++;
        }
        int quota = quota(inSector, kept);
        int[] seen = new int[SECTORS];
        for (int c = 0; c < cells; c++) {
            int s = sector[c];
            long k = seen[s]++;
            long n = inSector[s];
            keep[c] = n <= quota || (k + 1) * quota / n > k * quota / n;
        }
        return keep;
    }

    /** The largest quota a sector that keeps the total within {@code kept}. */
    private static int quota(int[] inSector, int kept) {
        int low = 0;
        int high = kept;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            long total = 0;
            for (int n : inSector) {
                total += Math.min(n, middle);
            }
            if (total <= kept) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static int floor(float v) {
        int i = (int) v;
        return v < i ? i - 1 : i;
    }
}
