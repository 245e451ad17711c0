package io.azimuth.perception.recognition;

/**
 * Settings of {@link Recogniser}. Weight and biases are those of a logistic model that was fitted
 * on simulated drives of family A, over those detections that the default budget encodes.
 *
 * @param encoder {@link #NONE}, a shipped encoder's name or the folder of a bundle
 * @param budget most crops that are encoded in a sweep
 * @param minPoints detections with fewer points in their grown box stay as they are
 * @param weight what a unit of the crop's evidence adds to the logit of the score
 * @param vehicleBias added to the logit of a vehicle whose crop was encoded
 * @param pedestrianBias the same of a pedestrian
 * @param cyclistBias the same of a cyclist
 * @param changeMargin a class is changed only if the crop's probability of another exceeds that of
 *     the detection's by more; 1 or more: never
 * @param axisCertainty the box turns to the crop's axis only above this certainty; 1: never
 * @param frontCertainty the crop says which end is the front only above this certainty; 1: never
 */
public record RecogniserConfig(
        String encoder,
        int budget,
        int minPoints,
        double weight,
        double vehicleBias,
        double pedestrianBias,
        double cyclistBias,
        double changeMargin,
        double axisCertainty,
        double frontCertainty) {
    /** Names no encoder: detections stay as they are. */
    public static final String NONE = "none";

    /** Detections a sweep, at most, that any configuration encodes: it bounds the time. */
    public static final int MAX_BUDGET = 256;

    private static final double MAX_ODDS = 20;

    public RecogniserConfig {
        if (encoder.isBlank()) {
            throw new IllegalArgumentException(
                    "recogniser: encoder is empty, expected none, a shipped encoder's name or the folder of a bundle");
        }
        require(budget >= 1 && budget <= MAX_BUDGET, "budget", budget, "1 .. " + MAX_BUDGET);
        require(minPoints >= 1 && minPoints <= 1000, "minPoints", minPoints, "1 .. 1000");
        require(weight >= 0 && weight <= MAX_ODDS, "weight", weight, "0 .. 20");
        requireOdds("vehicleBias", vehicleBias);
        requireOdds("pedestrianBias", pedestrianBias);
        requireOdds("cyclistBias", cyclistBias);
        require(changeMargin >= 0, "changeMargin", changeMargin, "0 or more");
        requireShare("axisCertainty", axisCertainty);
        requireShare("frontCertainty", frontCertainty);
    }

    public static RecogniserConfig defaults() {
        return new RecogniserConfig(NONE, 8, 5, 0.287, -0.011, 0.121, 0.189, 0.5, 0.9, 0.9);
    }

    /** Whether an encoder runs. */
    public boolean isOn() {
        return !encoder.equals(NONE);
    }

    private static void requireOdds(String name, double value) {
        require(Math.abs(value) <= MAX_ODDS, name, value, "-20 .. 20");
    }

    private static void requireShare(String name, double value) {
        require(value >= 0 && value <= 1, name, value, "0 .. 1");
    }

    private static void require(boolean holds, String name, double value, String accepted) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "recogniser: " + name + " is " + value + ", expected " + accepted);
        }
    }
}
