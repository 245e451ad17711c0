/** Measures how odometry copes with what breaks it: gaps, jumps, strange towns. */
@NullMarked
package io.azimuth.jobs.recovery;

import org.jspecify.annotations.NullMarked;
