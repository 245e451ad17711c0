/**
 * Recognition of crops, the points of one object, at any orientation. A {@link
 * io.azimuth.perception.invariant.CropEncoder} turns a {@link io.azimuth.perception.invariant.Crop}
 * into an {@link io.azimuth.perception.invariant.Encoding}: class scores and an embedding that
 * rotations of the chosen {@link io.azimuth.perception.invariant.SymmetryGroup} leave as they are.
 *
 * <p>Whatever is discontinuous (neighbours, frames, signs, ties) is computed here in double
 * precision; the network behind it ({@code inference}) only multiplies, adds and takes maxima.
 */
@NullMarked
package io.azimuth.perception.invariant;

import org.jspecify.annotations.NullMarked;
