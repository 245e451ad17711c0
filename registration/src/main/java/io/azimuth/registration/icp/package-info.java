/**
 * Registration of a scan to a map of Gaussian voxels. Entry: {@link
 * io.azimuth.registration.icp.ScanToMap}. Not here: motion models, key frames and what a failed
 * registration means (package {@code odometry}).
 */
@NullMarked
package io.azimuth.registration.icp;

import org.jspecify.annotations.NullMarked;
