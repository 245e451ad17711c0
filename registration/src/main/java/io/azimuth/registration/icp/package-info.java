/**
 * Registration: two clouds ({@link io.azimuth.registration.icp.Refiner}, ours by name in {@link
 * io.azimuth.registration.icp.Refiners}), or a scan and a map of Gaussian voxels ({@link
 * io.azimuth.registration.icp.ScanToMap}). All share one solver and one set of normal equations,
 * and differ in what they compare a point with. Not here: first guesses from nothing (package
 * {@code ume}), motion models, key frames and what a failed registration means (package {@code
 * odometry}).
 */
@NullMarked
package io.azimuth.registration.icp;

import org.jspecify.annotations.NullMarked;
