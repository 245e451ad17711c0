package io.azimuth.perception.evaluation.kitti;

import io.azimuth.perception.geometry.OrientedBox;
import org.jspecify.annotations.Nullable;

/**
 * One row of KITTI's labels.
 *
 * @param frame number of the frame
 * @param type as KITTI writes it, e.g. {@code Van} or {@code DontCare}
 * @param truncated share outside of the image, 0 .. 1
 * @param occluded 0 fully visible, 1 partly, 2 largely hidden, 3 unknown
 * @param image in the left colour camera
 * @param box in the LiDAR's frame; null for {@code DontCare}
 */
public record KittiLabel(
        long frame,
        String type,
        double truncated,
        int occluded,
        ImageBox image,
        @Nullable OrientedBox box) {
    static final String DONT_CARE = "DontCare";

    public KittiLabel {
        if (box == null && !type.equals(DONT_CARE)) {
            throw new IllegalArgumentException(
                    "label of type %s in frame %d has no box; only %s may lack one"
                            .formatted(type, frame, DONT_CARE));
        }
    }
}
