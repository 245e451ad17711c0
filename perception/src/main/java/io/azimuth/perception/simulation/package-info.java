/**
 * A town that can be driven through: a seeded world of streets, houses, plants, parked and moving
 * objects ({@link io.azimuth.perception.simulation.TownDrive}), seen by ray-cast spinning LiDARs
 * ({@link io.azimuth.perception.simulation.SensorModel}), with exact truth ({@link
 * io.azimuth.perception.simulation.SimulatedSweep}).
 *
 * <p>Every sweep is a pure function of the configuration and its position: random numbers come from
 * hashing counters, so calls may come in any order and from any thread. Arithmetic that reaches a
 * result uses only IEEE operations, square roots and {@code StrictMath}.
 *
 * <p>Not here: files, topics, scores.
 */
@NullMarked
package io.azimuth.perception.simulation;

import org.jspecify.annotations.NullMarked;
