/**
 * Arrays of numbers in NumPy's files: {@link io.azimuth.connectors.arrays.NpyArray} reads one of
 * any rank in place, {@link io.azimuth.connectors.arrays.NpyRows} writes one row by row, {@link
 * io.azimuth.connectors.arrays.CropArrays} reads the crops that such arrays hold. Not here: clouds
 * in {@code .npy} ({@code format}).
 */
@NullMarked
package io.azimuth.connectors.arrays;

import org.jspecify.annotations.NullMarked;
