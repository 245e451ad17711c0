package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.GaussianVoxelMap;
import java.util.ArrayList;
import java.util.List;

/**
 * The map of a ring of key frames, kept in step with it by adding and removing whole frames. It is a
 * pure function of the ring, so a restart rebuilds the same map. Not thread-safe.
 */
final class LocalMap {
    private static final int MIN_POINTS = 5;
    private static final double NOISE_M = 0.05;

    private final GaussianVoxelMap voxels;
    private List<KeyFrame> held = List.of();

    LocalMap(OdometryConfig config) {
        voxels = new GaussianVoxelMap(config.voxelM(), MIN_POINTS, NOISE_M);
    }

    /** The map of exactly these frames; frames are told apart by identity. */
    GaussianVoxelMap of(List<KeyFrame> frames) {
        List<KeyFrame> gone = new ArrayList<>();
        for (KeyFrame k : held) {
            if (!contains(frames, k)) {
                gone.add(k);
            }
        }
        if (2 * gone.size() > held.size()) {
            voxels.clear();
            held = List.of();
        } else {
            gone.forEach(k -> put(k, false));
        }
        for (KeyFrame k : frames) {
            if (!contains(held, k)) {
                put(k, true);
            }
        }
        held = List.copyOf(frames);
        return voxels;
    }

    private void put(KeyFrame frame, boolean add) {
        RigidTransform pose = RigidTransform.ofRows(frame.odomFromSensor());
        double step = frame.stepM();
        for (int i = 0; i < frame.x().length; i++) {
            double x = frame.x()[i] * step;
            double y = frame.y()[i] * step;
            double z = frame.z()[i] * step;
            int xMm = (int) Math.round(pose.mapX(x, y, z) * 1000);
            int yMm = (int) Math.round(pose.mapY(x, y, z) * 1000);
            int zMm = (int) Math.round(pose.mapZ(x, y, z) * 1000);
            if (add) {
                voxels.add(xMm, yMm, zMm);
            } else {
                voxels.remove(xMm, yMm, zMm);
            }
        }
    }

    private static boolean contains(List<KeyFrame> frames, KeyFrame wanted) {
        for (KeyFrame k : frames) {
            if (k == wanted) {
                return true;
            }
        }
        return false;
    }
}
