/**
 * Errors of estimated poses against true ones: pairing by key or stamp ({@link
 * io.azimuth.perception.evaluation.trajectory.PosePairs}), absolute errors under an alignment
 * ({@link io.azimuth.perception.evaluation.trajectory.AbsoluteError}), relative errors over a fixed
 * step ({@link io.azimuth.perception.evaluation.trajectory.RelativeError}) and KITTI's segments
 * ({@link io.azimuth.perception.evaluation.trajectory.SegmentError}). Metres and degrees where a
 * name says so. Not here: files, and the summary of them all ({@link
 * io.azimuth.perception.evaluation.TrajectoryError}).
 */
@NullMarked
package io.azimuth.perception.evaluation.trajectory;

import org.jspecify.annotations.NullMarked;
