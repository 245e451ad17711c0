/**
 * KITTI's object benchmark: average precision at 40 recall points seen from above and in space
 * ({@link io.azimuth.perception.evaluation.kitti.KittiScores}), with its difficulties, neighbour
 * classes, image heights and the camera's field of view ({@link
 * io.azimuth.perception.evaluation.kitti.KittiCamera}). Sources: Geiger et al. (CVPR 2012) and the
 * benchmark's development kit for the rules; Simonelli et al. (ICCV 2019) for 40 points.
 *
 * <p>Not here: reading KITTI's files ({@code connectors.drive}); scores without an image ({@code
 * evaluation}).
 */
@NullMarked
package io.azimuth.perception.evaluation.kitti;

import org.jspecify.annotations.NullMarked;
