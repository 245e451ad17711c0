package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.List;

/**
 * Poses of a drive in the frame of its first sweep, each with the key by which two trajectories are
 * associated. Immutable, thread-safe.
 *
 * @param keys sweep numbers (KITTI) or stamps in nanoseconds (TUM), strictly increasing; owned by
 *     the record
 * @param poses firstFromSweep of each key, LiDAR frame, mid-sweep, metres
 */
public record Trajectory(long[] keys, List<RigidTransform> poses) {
    public Trajectory {
        if (keys.length != poses.size()) {
            throw new IllegalArgumentException(
                    "trajectory has %d keys and %d poses, expected one key a pose"
                            .formatted(keys.length, poses.size()));
        }
        for (int i = 1; i < keys.length; i++) {
            if (keys[i] <= keys[i - 1]) {
                throw new IllegalArgumentException(
                        "trajectory: key %d at place %d follows %d, expected strictly increasing keys; sort and remove duplicates first"
                                .formatted(keys[i], i, keys[i - 1]));
            }
        }
        poses = List.copyOf(poses);
    }

    /** The trajectory whose sweeps are numbered 0, 1, 2, ... in the order of the list. */
    public static Trajectory ofSweeps(List<RigidTransform> poses) {
        long[] keys = new long[poses.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i;
        }
        return new Trajectory(keys, poses);
    }

    public int size() {
        return keys.length;
    }
}
