/**
 * Detection on the polar grid: {@link io.azimuth.perception.polar.PolarCanvas} turns points into 16
 * channels over an azimuth-range grid ({@link io.azimuth.perception.polar.PolarGrid}) with heights
 * over the estimated ground, a network answers for every cell, and {@link
 * io.azimuth.perception.polar.PolarDetector} makes boxes of the answer. {@link
 * io.azimuth.perception.polar.PolarModels} knows the networks.
 *
 * <p>Not here: the ground (package {@code ground}), running a network ({@code inference}), training
 * one ({@code perception/training}).
 */
@NullMarked
package io.azimuth.perception.polar;

import org.jspecify.annotations.NullMarked;
