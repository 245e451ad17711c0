/**
 * What the networks of crop encoders are fed with. {@link
 * io.azimuth.perception.invariant.inputs.CropInputs} turns a crop into the tensors of one {@link
 * io.azimuth.perception.invariant.inputs.EncoderOption}: points cleaned, merged and sampled,
 * neighbours, local frames, features, all in double precision and with a total order on ties, so
 * that a rotation of the scene or another order of its points changes nothing but the last digits.
 *
 * <p>Training reads these very tensors ({@code azimuth crops prepare}); there is no second
 * implementation. Not here: networks ({@code invariant.network}).
 */
@NullMarked
package io.azimuth.perception.invariant.inputs;

import org.jspecify.annotations.NullMarked;
