package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.GaussianVoxelMap;
import java.util.List;

/**
 * The voxel map of a list of key frames, kept up to date by difference. A function of the list
 * alone: the voxels' sums are exact integers. Not thread-safe.
 */
final class LocalMap {
    private final GaussianVoxelMap voxels;
    private List<KeyFrame> held = List.of();

    LocalMap(OdometryConfig config) {
        voxels = new GaussianVoxelMap(config.mapVoxelM(), config.thinM());
    }

    /** The map of these key frames. */
    GaussianVoxelMap of(List<KeyFrame> keyFrames) {
        if (keyFrames != held) {
            int kept = overlap(keyFrames);
            if (kept == 0) {
                voxels.clear();
            } else {
                for (KeyFrame old : held.subList(0, held.size() - kept)) {
                    apply(old, false);
                }
            }
            for (KeyFrame fresh : keyFrames.subList(kept, keyFrames.size())) {
                apply(fresh, true);
            }
            held = keyFrames;
        }
        return voxels;
    }

    /**
     * How many frames at the end of what is held stand, in the same order, at the new list's start.
     */
    private int overlap(List<KeyFrame> next) {
        for (int n = Math.min(held.size(), next.size()); n > 0; n--) {
            int from = held.size() - n;
            int i = 0;
            while (i < n && held.get(from + i) == next.get(i)) {
                i++;
            }
            if (i == n) {
                return n;
            }
        }
        return 0;
    }

    private void apply(KeyFrame frame, boolean add) {
        RigidTransform pose = frame.odomFromSensor();
        double step = 1e-3 * KeyFrame.STEP_MM;
        for (int i = 0; i < frame.size(); i++) {
            double x = frame.x()[i] * step;
            double y = frame.y()[i] * step;
            double z = frame.z()[i] * step;
            long mx = Math.round(1000 * pose.mapX(x, y, z));
            long my = Math.round(1000 * pose.mapY(x, y, z));
            long mz = Math.round(1000 * pose.mapZ(x, y, z));
            if (add) {
                voxels.add(mx, my, mz);
            } else {
                voxels.remove(mx, my, mz);
            }
        }
    }
}
