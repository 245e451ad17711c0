/**
 * The points of single objects: cut out of a sweep by boxes, thinned to what travels with a
 * detection. Knows nothing of networks or tracks.
 */
@NullMarked
package io.azimuth.perception.geometry.objects;

import org.jspecify.annotations.NullMarked;
