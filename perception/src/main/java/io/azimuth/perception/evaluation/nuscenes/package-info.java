/**
 * Detection scores by nuScenes' rules ({@link
 * io.azimuth.perception.evaluation.nuscenes.NuScenesScores}): AP by centre distance, errors of true
 * positives averaged over recall, and their weighted sum NDS. Source: Caesar et al., CVPR 2020, and
 * its development kit, whose arithmetic is followed step by step. Not here: reading the data set.
 */
@NullMarked
package io.azimuth.perception.evaluation.nuscenes;

import org.jspecify.annotations.NullMarked;
