package io.azimuth.perception.polar;

/**
 * Settings of the polar detector.
 *
 * @param model one of {@link PolarModels#SHIPPED}, or the folder of a bundle
 * @param refiner the second stage: one of {@link PolarModels#REFINERS}, {@link #NO_REFINER}, or the
 *     folder of a bundle
 * @param minScore detections with a calibrated probability below are not reported
 * @param maxIou footprints that overlap by more are one object
 * @param heightVeto whether persons and cyclists that are too tall, and cars under something solid,
 *     are dropped
 */
public record PolarDetectorConfig(
        String model, String refiner, double minScore, double maxIou, boolean heightVeto) {
    /** Boxes are what the cells say. */
    public static final String NO_REFINER = "none";

    public PolarDetectorConfig {
        if (model.isBlank()) {
            throw new IllegalArgumentException(
                    "model is empty, expected one of %s or the folder of a bundle"
                            .formatted(PolarModels.SHIPPED));
        }
        if (refiner.isBlank()) {
            throw new IllegalArgumentException(
                    "refiner is empty, expected %s, one of %s or the folder of a bundle"
                            .formatted(NO_REFINER, PolarModels.REFINERS));
        }
        if (!(minScore > 0 && minScore < 1)) {
            throw new IllegalArgumentException(
                    "minScore is " + minScore + ", expected above 0 and below 1");
        }
        if (!(maxIou >= 0 && maxIou <= 1)) {
            throw new IllegalArgumentException("maxIou is " + maxIou + ", expected 0 .. 1");
        }
    }

    /** Whether there is a second stage. */
    public boolean isRefined() {
        return !refiner.equals(NO_REFINER);
    }

    public static PolarDetectorConfig defaults() {
        return new PolarDetectorConfig(PolarModels.NANO, PolarModels.POINTS, 0.1, 0.15, true);
    }
}
