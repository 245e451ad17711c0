package io.azimuth.registration.icp;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;

/**
 * Refines a first guess of how a source cloud lies in a target's frame.
 *
 * <p>Both clouds are taken as they are: thin them first (0.2 .. 0.5 m voxels), so that every
 * refiner sees the same points. Only the coordinates count. Implementations reuse buffers: one
 * instance per thread.
 */
public interface Refiner {
    /** Name as in configuration: vgicp, gicp, pcl-gicp, pcl-ndt, pcl-icp. */
    String name();

    /**
     * {@code targetFromSource} from an initial guess. What the points cannot tell (too few, no
     * overlap, a direction unobserved) is a {@link Status}, not an exception.
     *
     * @param target points in the target's frame, metres, finite
     * @param source points in the source's frame, metres, finite
     * @throws IllegalArgumentException if a cloud is empty or holds a coordinate that is not finite
     *     or too large for the implementation
     */
    Refinement refine(PointCloud target, PointCloud source, RigidTransform targetFromSourceGuess);
}
