package io.azimuth.registration.recovery;

import io.azimuth.registration.odometry.KeyFrame;

/**
 * A key frame that the vehicle may be found again by. Immutable.
 *
 * @param seq of the sweep
 * @param frame its pose and points; shared with the odometry's map while it is in both
 */
public record Place(long seq, KeyFrame frame) {}
