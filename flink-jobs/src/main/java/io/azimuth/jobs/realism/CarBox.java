package io.azimuth.jobs.realism;

import io.azimuth.perception.geometry.OrientedBox;

/**
 * A car or van whose place in the sweep is known.
 *
 * @param box in the sensor's frame
 * @param clear whether nothing hides it: labelled as fully visible and not cut by the picture's
 *     edge; simulated ones are always, and all are checked against the sweep itself
 */
record CarBox(OrientedBox box, boolean clear) {}
