package io.azimuth.perception.simulation;

/**
 * A shape that stands still in the world.
 *
 * @param pose rotation row-major at 0..8, translation at 9..11
 */
record Body(Shape shape, double[] pose, long seed) {}
