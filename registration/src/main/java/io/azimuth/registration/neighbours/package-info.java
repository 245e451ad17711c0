/**
 * Local surroundings of points: a hash of voxels, each a Gaussian. Entry: {@link
 * io.azimuth.registration.neighbours.GaussianVoxelMap}. Not here: registration against it ({@code
 * icp}).
 */
@NullMarked
package io.azimuth.registration.neighbours;

import org.jspecify.annotations.NullMarked;
