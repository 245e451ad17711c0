package io.azimuth.perception.evaluation.kitti;

/** KITTI's three sets of labels that must be found; harder ones contain easier ones. */
public enum KittiDifficulty {
    EASY(40, 0, 0.15),
    MODERATE(25, 1, 0.30),
    HARD(25, 2, 0.50);

    private final double minHeightPx;
    private final int maxOcclusion;
    private final double maxTruncation;

    KittiDifficulty(double minHeightPx, int maxOcclusion, double maxTruncation) {
        this.minHeightPx = minHeightPx;
        this.maxOcclusion = maxOcclusion;
        this.maxTruncation = maxTruncation;
    }

    /** Whether missing this label counts. */
    public boolean includes(KittiLabel label) {
        return label.occluded() <= maxOcclusion
                && label.truncated() <= maxTruncation
                && label.image().height() > minHeightPx;
    }

    /** Whether a detection is tall enough in the image to be false. */
    public boolean judges(KittiDetection detection) {
        return detection.image().height() >= minHeightPx;
    }
}
