package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.registration.neighbours.VoxelTable;
import java.util.Arrays;

/**
 * Thins a sweep to what odometry needs: the first point of each voxel, in the order of the cloud,
 * with its own measuring time. If a sweep has more occupied voxels than {@link
 * ReducedSweep#MAX_POINTS} (128 beams in the open have some 28 000), the voxels grow until it fits,
 * so that near surfaces do not crowd out far ones. They must not grow much: a voxel of the map that
 * holds one sweep counts only with {@link
 * io.azimuth.registration.neighbours.GaussianVoxelMap#MIN_POINTS} points. One instance per thread;
 * buffers are reused.
 */
public final class SweepReducer {
    /** Metres per unit of the quantised coordinates: +-131 m fit into 16 bits. */
    public static final float STEP_M = 0.004f;

    private static final double GROWTH = 1.1;

    private final OdometryConfig config;
    private final VoxelTable voxels = new VoxelTable(1 << 16);
    private int[] kept = new int[1 << 14];
    private int keptCount;

    public SweepReducer(OdometryConfig config) {
        this.config = config;
    }

    /** The reduced sweep; its arrays are fresh and owned by the result. */
    public ReducedSweep reduce(Sweep sweep) {
        PointCloud cloud = sweep.points();
        double voxelM = config.reduceVoxelM();
        collect(cloud, voxelM);
        while (keptCount > ReducedSweep.MAX_POINTS) {
            voxelM *= GROWTH;
            collect(cloud, voxelM);
        }
        short[] x = new short[keptCount];
        short[] y = new short[keptCount];
        short[] z = new short[keptCount];
        short[] time = new short[keptCount];
        boolean timed = cloud.hasTime();
        double unitsPerNano = 65535.0 / sweep.durationNanos();
        for (int k = 0; k < keptCount; k++) {
            int i = kept[k];
            x[k] = steps(cloud.x()[i]);
            y[k] = steps(cloud.y()[i]);
            z[k] = steps(cloud.z()[i]);
            if (timed) {
                double t = cloud.timeOffsetNanos()[i] * unitsPerNano;
                time[k] = (short) (int) Math.round(Math.min(65535, Math.max(0, t)));
            }
        }
        return new ReducedSweep(
                sweep.seq(), sweep.startNanos(), sweep.endNanos(), timed, STEP_M, x, y, z, time);
    }

    private void collect(PointCloud cloud, double voxelM) {
        voxels.clear();
        keptCount = 0;
        float[] x = cloud.x();
        float[] y = cloud.y();
        float[] z = cloud.z();
        double limit = Math.min(config.maxRangeM(), 32767 * (double) STEP_M);
        double max2 = limit * limit;
        double min2 = config.minRangeM() * config.minRangeM();
        double perVoxel = 1 / voxelM;
        for (int i = 0; i < cloud.size(); i++) {
            double r2 = (double) x[i] * x[i] + (double) y[i] * y[i] + (double) z[i] * z[i];
            if (!(r2 >= min2 && r2 <= max2)) { // NaN fails too
                continue;
            }
            long kx = (long) Math.floor(x[i] * perVoxel);
            long ky = (long) Math.floor(y[i] * perVoxel);
            long kz = (long) Math.floor(z[i] * perVoxel);
            if (voxels.add(VoxelTable.key(kx, ky, kz))) {
                keep(i);
            }
        }
    }

    private void keep(int i) {
        if (keptCount == kept.length) {
            kept = Arrays.copyOf(kept, 2 * keptCount);
        }
        kept[keptCount++] = i;
    }

    private static short steps(float metres) {
        return (short) Math.round(metres / STEP_M);
    }
}
