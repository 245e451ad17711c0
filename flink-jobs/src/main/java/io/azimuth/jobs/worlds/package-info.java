/**
 * The engine's classic stations in simulated towns that nothing was fitted on: geometric detector,
 * ground and odometry over town families and sensors. Start at {@link
 * io.azimuth.jobs.worlds.WorldsStudy}.
 *
 * <p>Sweeps are simulated, judged and forgotten, no file is read. No result depends on a clock, on
 * chance or on the number of threads.
 *
 * <p>Not here: the simulator ({@code perception.simulation}), how scores are computed ({@code
 * perception.evaluation}).
 */
@NullMarked
package io.azimuth.jobs.worlds;

import org.jspecify.annotations.NullMarked;
