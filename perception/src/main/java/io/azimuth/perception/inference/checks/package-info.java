/**
 * What every engine does before its results are trusted: golden runs and the search for values that
 * are no numbers.
 */
@NullMarked
package io.azimuth.perception.inference.checks;

import org.jspecify.annotations.NullMarked;
