package io.azimuth.perception.evaluation.kitti;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import org.jspecify.annotations.Nullable;

/**
 * KITTI's left colour camera: where LiDAR boxes appear in its image.
 *
 * @param projection {@code P2}: 3x4, row-major, from rectified camera coordinates to pixels; owned
 *     by this record
 * @param cameraFromLidar {@code R0_rect Tr_velo_to_cam}
 * @param widthPx of the image
 * @param heightPx of the image
 */
public record KittiCamera(
        double[] projection, RigidTransform cameraFromLidar, int widthPx, int heightPx) {
    /** Most of KITTI's images; a few are up to 18 pixels narrower and 6 lower. */
    public static final int WIDTH_PX = 1242;

    public static final int HEIGHT_PX = 375;

    /** Corners nearer than this to the image plane are moved to it. */
    private static final double NEAR_M = 0.1;

    public KittiCamera {
        if (projection.length != 12) {
            throw new IllegalArgumentException(
                    "projection has %d numbers, expected 12 (3x4)".formatted(projection.length));
        }
        projection = projection.clone();
    }

    /**
     * The rectangle around the box's corners, cut at the image's edges; null if the box's centre
     * lies behind the camera or nothing of the rectangle lies in the image.
     */
    public @Nullable ImageBox project(OrientedBox box) {
        if (cameraFromLidar.mapZ(box.x(), box.y(), box.z()) <= 0) {
            return null;
        }
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        double[] footprint = box.footprint();
        for (int corner = 0; corner < 8; corner++) {
            double x = footprint[2 * (corner & 3)];
            double y = footprint[2 * (corner & 3) + 1];
            double z = box.bottomZ() + (corner < 4 ? 0 : box.height());
            double cx = cameraFromLidar.mapX(x, y, z);
            double cy = cameraFromLidar.mapY(x, y, z);
            double cz = Math.max(NEAR_M, cameraFromLidar.mapZ(x, y, z));
            double depth = row(2, cx, cy, cz);
            left = Math.min(left, row(0, cx, cy, cz) / depth);
            right = Math.max(right, row(0, cx, cy, cz) / depth);
            top = Math.min(top, row(1, cx, cy, cz) / depth);
            bottom = Math.max(bottom, row(1, cx, cy, cz) / depth);
        }
        boolean outside = right < 0 || bottom < 0 || left > widthPx - 1 || top > heightPx - 1;
        return outside
                ? null
                : new ImageBox(
                        Math.max(0, left),
                        Math.max(0, top),
                        Math.min(widthPx - 1, right),
                        Math.min(heightPx - 1, bottom));
    }

    private double row(int i, double x, double y, double z) {
        return projection[4 * i] * x
                + projection[4 * i + 1] * y
                + projection[4 * i + 2] * z
                + projection[4 * i + 3];
    }
}
