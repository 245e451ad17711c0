package io.azimuth.perception.evaluation.kitti;

import io.azimuth.perception.geometry.OrientedBox;

/**
 * A detection that the camera can see.
 *
 * @param frame number of the frame
 * @param type one of KITTI's, e.g. {@code Car}
 * @param image the box projected into the image and cut there ({@link KittiCamera#project})
 * @param box in the LiDAR's frame
 * @param score any order-preserving confidence
 */
public record KittiDetection(
        long frame, String type, ImageBox image, OrientedBox box, double score) {
    public KittiDetection {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("score is NaN, expected a number");
        }
    }
}
