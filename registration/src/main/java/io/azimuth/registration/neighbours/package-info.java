/**
 * Finding what lies near a point: a k-d tree, voxel grids, a hash of Gaussian voxels ({@link
 * io.azimuth.registration.neighbours.GaussianVoxelMap}) and the small algebra it needs. Not here:
 * what is done with the neighbours (package {@code icp}).
 */
@NullMarked
package io.azimuth.registration.neighbours;

import org.jspecify.annotations.NullMarked;
