/**
 * Where the sensor is, from its sweeps alone: deskew, local map, scan-to-map registration. Entry:
 * {@link io.azimuth.registration.odometry.LidarOdometry}, fed by {@link
 * io.azimuth.registration.odometry.SweepReducer}. Not here: the stream's keyed state; it stores
 * {@link io.azimuth.registration.odometry.OdometryState} with its own serializer.
 */
@NullMarked
package io.azimuth.registration.odometry;

import org.jspecify.annotations.NullMarked;
