/**
 * Judges what encoders say of crops: turns crops as a protocol asks, classifies them ({@link
 * io.azimuth.jobs.crops.CropClassifier}) and counts what was taken for what ({@link
 * io.azimuth.jobs.crops.ClassTally}).
 */
@NullMarked
package io.azimuth.jobs.crops;

import org.jspecify.annotations.NullMarked;
