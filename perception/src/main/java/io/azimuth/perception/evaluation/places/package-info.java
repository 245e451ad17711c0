/**
 * What stands where in the world, seen over a whole drive: parked objects that were labelled in
 * some sweeps only ({@link io.azimuth.perception.evaluation.places.ParkedObjects}) and places at
 * which detections gather ({@link io.azimuth.perception.evaluation.places.DistinctPlaces}). Both
 * need the poses of the sweeps.
 */
@NullMarked
package io.azimuth.perception.evaluation.places;

import org.jspecify.annotations.NullMarked;
