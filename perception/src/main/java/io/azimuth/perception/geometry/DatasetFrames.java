package io.azimuth.perception.geometry;

/**
 * Boxes and poses between our convention (x forward, y left, z up; box centre; yaw about +z) and
 * those of data sets. Source: KITTI object devkit readme (camera: x right, y down, z forward;
 * bottom centre; h, w, l; rotation_y about the camera's y axis); nuScenes schema (LiDAR: x right, y
 * forward; size w, l, h). Stateless, thread-safe.
 */
public final class DatasetFrames {
    /** Maps a point of our convention into nuScenes' LiDAR axes (x right, y forward, z up). */
    public static final RigidTransform NUSCENES_FROM_AZIMUTH =
            RigidTransform.of(new double[] {0, -1, 0, 1, 0, 0, 0, 0, 1}, 0, 0, 0);

    public static final RigidTransform AZIMUTH_FROM_NUSCENES = NUSCENES_FROM_AZIMUTH.inverse();

    private DatasetFrames() {}

    /**
     * A KITTI label's box in the LiDAR frame.
     *
     * @param lidarFromCamera maps rectified camera coordinates into the LiDAR frame
     * @param bottomX bottom centre in the rectified camera frame, metres
     * @param rotationY KITTI's {@code ry}, radians
     */
    public static OrientedBox fromKittiCamera(
            RigidTransform lidarFromCamera,
            double height,
            double width,
            double length,
            double bottomX,
            double bottomY,
            double bottomZ,
            double rotationY) {
        double centreY = bottomY - 0.5 * height; // the camera's y points down
        return new OrientedBox(
                lidarFromCamera.mapX(bottomX, centreY, bottomZ),
                lidarFromCamera.mapY(bottomX, centreY, bottomZ),
                lidarFromCamera.mapZ(bottomX, centreY, bottomZ),
                length,
                width,
                height,
                -rotationY - Math.PI / 2);
    }

    /** The inverse of {@link #fromKittiCamera}: h, w, l, x, y, z (bottom centre), rotation_y. */
    public static double[] toKittiCamera(RigidTransform cameraFromLidar, OrientedBox box) {
        return new double[] {
            box.height(),
            box.width(),
            box.length(),
            cameraFromLidar.mapX(box.x(), box.y(), box.z()),
            cameraFromLidar.mapY(box.x(), box.y(), box.z()) + 0.5 * box.height(),
            cameraFromLidar.mapZ(box.x(), box.y(), box.z()),
            Angles.wrap(-box.yawRad() - Math.PI / 2)
        };
    }

    /**
     * A pose of KITTI's odometry benchmark (camera 0) as a LiDAR pose: {@code Tr^-1 P Tr}.
     *
     * @param firstCameraFromCamera the row of {@code poses/NN.txt}
     * @param cameraFromLidar {@code Tr} of {@code calib.txt}
     */
    public static RigidTransform lidarPoseFromKittiCamera(
            RigidTransform firstCameraFromCamera, RigidTransform cameraFromLidar) {
        return cameraFromLidar.inverse().times(firstCameraFromCamera).times(cameraFromLidar);
    }
}
