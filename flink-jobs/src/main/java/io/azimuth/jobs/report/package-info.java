/**
 * What remains of a run: result files, scores against the drive's truth, a table for the terminal
 * and pictures. Start at {@link io.azimuth.jobs.report.RunReport#write}; {@link
 * io.azimuth.jobs.report.RunResult} is what goes in.
 *
 * <p>All poses and boxes refer to the LiDAR's frame at mid-sweep. Same result and drive, same bytes
 * (pictures: with the same fonts).
 *
 * <p>Not here: reading topics and measuring the run ({@code jobs.cli}), the scores' definitions
 * ({@code perception.evaluation}).
 */
@NullMarked
package io.azimuth.jobs.report;

import org.jspecify.annotations.NullMarked;
