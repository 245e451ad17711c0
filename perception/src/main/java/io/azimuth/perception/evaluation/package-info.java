/**
 * Scores against truth: trajectories ({@link io.azimuth.perception.evaluation.TrajectoryError}),
 * detections ({@link io.azimuth.perception.evaluation.DetectionScores}, {@link
 * io.azimuth.perception.evaluation.TrackRecall}) and tracks ({@link
 * io.azimuth.perception.evaluation.TrackScores}). Everything is in metres and radians, in the
 * LiDAR's frame at mid-sweep, and repeats bit for bit. Rules of benchmarks are in {@code kitti} and
 * {@code nuscenes}, curves in {@code curves}, what stands where in the world in {@code places}. Not
 * here: reading labels of data sets.
 */
@NullMarked
package io.azimuth.perception.evaluation;

import org.jspecify.annotations.NullMarked;
