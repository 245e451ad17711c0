/**
 * Detectors side by side in simulated towns that nothing was fitted on, both families, sensors of
 * 16 to 128 beams: the same sweeps for all ({@link io.azimuth.jobs.detectors.DetectorStudy}).
 *
 * <p>Not here: recorded drives ({@code azimuth eval detect}), ground and odometry ({@code worlds}).
 */
@NullMarked
package io.azimuth.jobs.detectors;

import org.jspecify.annotations.NullMarked;
