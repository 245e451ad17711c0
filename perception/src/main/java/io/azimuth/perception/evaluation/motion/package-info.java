/**
 * How well the velocities of tracks, and what they say of standing and moving, agree with truth.
 */
@NullMarked
package io.azimuth.perception.evaluation.motion;

import org.jspecify.annotations.NullMarked;
