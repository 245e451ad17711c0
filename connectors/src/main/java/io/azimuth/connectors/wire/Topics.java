package io.azimuth.connectors.wire;

import java.util.List;

/** Names of the topics; the suffix is the version of the contract. */
public final class Topics {
    /** {@code Sweep}, key = sensor. */
    public static final String SWEEPS = "lidar.sweeps.v1";

    /** {@code DetectionSet}, key = sensor. */
    public static final String DETECTIONS = "lidar.detections.v1";

    /** {@code PoseEstimate}, key = sensor. */
    public static final String POSES = "lidar.poses.v1";

    /** {@code TrackSet}, key = vehicle. */
    public static final String TRACKS = "lidar.tracks.v1";

    /** The original bytes of what could not be used, with the reason in the headers. */
    public static final String DEAD_LETTERS = "lidar.deadletter.v1";

    /** {@code SweepFate}, key = sensor. */
    public static final String ACCOUNTING = "lidar.accounting.v1";

    /** All of them, sweeps first. */
    public static final List<String> ALL =
            List.of(SWEEPS, DETECTIONS, POSES, TRACKS, DEAD_LETTERS, ACCOUNTING);

    private Topics() {}
}
