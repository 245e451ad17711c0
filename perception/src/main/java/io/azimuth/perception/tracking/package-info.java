/**
 * Follows objects from sweep to sweep in the odometry frame. Entry: {@link
 * io.azimuth.perception.tracking.MultiObjectTracker}. Not here: the order in which sweeps of
 * several sensors arrive (the stream sorts them) and the poses themselves.
 */
@NullMarked
package io.azimuth.perception.tracking;

import org.jspecify.annotations.NullMarked;
