package io.azimuth.jobs.crops;

import io.azimuth.perception.invariant.CropStatus;

/**
 * What one crop was taken for.
 *
 * @param best number of the class among the encoder's; -1 if the crop has no points
 * @param score probability of that class among those allowed; 0 without points
 * @param status whether something was wrong with the crop
 */
public record CropResult(int best, double score, CropStatus status) {}
