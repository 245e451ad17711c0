/**
 * How well places are recognised: simulated vehicles come back to where they were, the other way or
 * on the other lane, among other traffic ({@link io.azimuth.jobs.places.PlaceStudy}).
 */
@NullMarked
package io.azimuth.jobs.places;

import org.jspecify.annotations.NullMarked;
