/**
 * A sweep as the image that a network reads: {@link io.azimuth.perception.polar.PolarCanvas} turns
 * points into 16 channels over an azimuth-range grid ({@link
 * io.azimuth.perception.polar.PolarGrid}), with heights over the estimated ground.
 *
 * <p>Not here: the ground (package {@code ground}), running a network, training one.
 */
@NullMarked
package io.azimuth.perception.polar;

import org.jspecify.annotations.NullMarked;
