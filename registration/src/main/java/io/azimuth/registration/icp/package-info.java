/**
 * Registration of points against a map of Gaussians: robust normal equations, their solution and
 * the directions that the scene does not observe. Entry: {@link
 * io.azimuth.registration.icp.ScanToMap}. Not here: motion models and maps over time ({@code
 * odometry}).
 */
@NullMarked
package io.azimuth.registration.icp;

import org.jspecify.annotations.NullMarked;
