/**
 * What every engine shares and no contract shows: golden runs, the search for values that are no
 * numbers, the clock of waits and counters.
 */
@NullMarked
package io.azimuth.perception.inference.checks;

import org.jspecify.annotations.NullMarked;
