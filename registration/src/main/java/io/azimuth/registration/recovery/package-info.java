/**
 * Odometry that knows when it is lost: it notices gaps and jumps, looks for the sweep among the
 * places it has passed, and goes on in the same frame or says that it cannot.
 */
@NullMarked
package io.azimuth.registration.recovery;

import org.jspecify.annotations.NullMarked;
