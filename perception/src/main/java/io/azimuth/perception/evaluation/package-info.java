/** Scores against truth: trajectories, detections, tracks. Not here: reading truth from files. */
@NullMarked
package io.azimuth.perception.evaluation;

import org.jspecify.annotations.NullMarked;
