/**
 * The ground under a sweep: {@link io.azimuth.perception.ground.GroundProfile} estimates its height
 * over a range-azimuth grid and gives every point's height above it; {@link
 * io.azimuth.perception.ground.GroundLabels} tells ground from the feet of objects. The polar
 * coordinates of the points ({@link io.azimuth.perception.ground.PolarCoordinates}) are computed
 * once and shared by all later stages.
 *
 * <p>Not here: objects (package {@code cluster}).
 */
@NullMarked
package io.azimuth.perception.ground;

import org.jspecify.annotations.NullMarked;
