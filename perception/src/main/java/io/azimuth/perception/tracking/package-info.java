/**
 * Follows objects from sweep to sweep in the odometry frame. Entry: {@link
 * io.azimuth.perception.tracking.MultiObjectTracker}: constant-velocity Kalman filters ({@code
 * TrackFilter}), a global assignment ({@link io.azimuth.perception.geometry.matching.Assignment}),
 * heading by motion ({@code Heading}), and what the points of an object say of its motion ({@code
 * PieceMotion}). Everything is a function of the observations in their order: no clock, no
 * randomness, {@code StrictMath} for what hardware may round differently. Not here: the order in
 * which sweeps of several sensors arrive (the stream sorts them) and the poses themselves.
 */
@NullMarked
package io.azimuth.perception.tracking;

import org.jspecify.annotations.NullMarked;
