/**
 * Looks again at what a detector found: the points of each box go to a {@link
 * io.azimuth.perception.invariant.CropEncoder}, and what it says refines class, score and heading
 * and gives the detection an embedding. Entry: {@link
 * io.azimuth.perception.recognition.Recogniser}. All is a pure function of the sweep, the
 * detections and the configuration; nothing is kept from one sweep to the next. Not here: the
 * encoders ({@code invariant}) and what tracks make of embeddings ({@code tracking}).
 */
@NullMarked
package io.azimuth.perception.recognition;

import org.jspecify.annotations.NullMarked;
