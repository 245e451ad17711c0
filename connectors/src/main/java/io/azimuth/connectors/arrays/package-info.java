/**
 * Arrays of numbers in NumPy's files: {@link io.azimuth.connectors.arrays.NpyRows} writes one of
 * any shape row by row. Not here: crops ({@code crops}) and clouds ({@code format}) in such files.
 */
@NullMarked
package io.azimuth.connectors.arrays;

import org.jspecify.annotations.NullMarked;
