/** Principal directions of 3x3 covariances, of points or of estimates, for hot paths. */
@NullMarked
package io.azimuth.perception.geometry.eigen;

import org.jspecify.annotations.NullMarked;
