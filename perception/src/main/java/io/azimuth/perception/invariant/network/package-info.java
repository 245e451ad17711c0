/**
 * Crop encoders that are networks: {@link io.azimuth.perception.invariant.network.CropEncoders}
 * opens the bundle of a name or folder, {@link
 * io.azimuth.perception.invariant.network.NetworkCropEncoder} feeds it with what {@code
 * invariant.inputs} computes and reads its answer. {@link
 * io.azimuth.perception.invariant.network.UnknownScore} tells what is like nothing it was taught.
 *
 * <p>Not here: which crops are encoded and what becomes of the answer.
 */
@NullMarked
package io.azimuth.perception.invariant.network;

import org.jspecify.annotations.NullMarked;
