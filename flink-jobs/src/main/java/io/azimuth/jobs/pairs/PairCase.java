package io.azimuth.jobs.pairs;

import io.azimuth.perception.evaluation.registration.PairTruth;
import java.nio.file.Path;

/**
 * Two scans that lie in files, and what is known of them.
 *
 * @param truth numbers of the scans and the transform between them
 * @param target file of the target's points
 * @param source file of the source's
 */
public record PairCase(PairTruth truth, Path target, Path source) {}
