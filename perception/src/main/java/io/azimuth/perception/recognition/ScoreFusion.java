package io.azimuth.perception.recognition;

import io.azimuth.perception.geometry.ObjectClass;

/**
 * A detection's score and what its crop says, as one probability: {@code sigmoid(logit(p) + weight
 * evidence + bias)}, evidence = the crop's logit of the class minus the mean of the others. A
 * vehicle's own logit is that of the likeliest kind of vehicle. Stateless but for its settings.
 */
final class ScoreFusion {
    /** Scores are kept this far from 0 and 1, where a logit says nothing. */
    private static final double LEAST = 1e-3;

    /** More evidence than this is taken for no more: a network's sureness is not the world's. */
    private static final double MOST_EVIDENCE = 15;

    private final RecogniserConfig config;
    private final CropClasses classes;

    ScoreFusion(RecogniserConfig config, CropClasses classes) {
        this.config = config;
        this.classes = classes;
    }

    /** Logits that the crop adds for class {@code c}; 0 if the encoder does not know it. */
    double evidence(ObjectClass c, float[] logits) {
        if (classes.of(c) < 0) {
            return 0;
        }
        double own = Double.NEGATIVE_INFINITY;
        double others = 0;
        int count = 0;
        for (int k = 0; k < logits.length; k++) {
            if (classes.alike(c, k)) {
                own = Math.max(own, logits[k]);
            } else {
                others += logits[k];
                count++;
            }
        }
        double evidence = count == 0 ? 0 : own - others / count;
        return Math.max(-MOST_EVIDENCE, Math.min(MOST_EVIDENCE, evidence));
    }

    /** The score of class {@code c}; as it was if the encoder does not know the class. */
    double fused(double score, ObjectClass c, double evidence) {
        if (classes.of(c) < 0) {
            return score;
        }
        double p = Math.max(LEAST, Math.min(1 - LEAST, score));
        double odds = StrictMath.log(p / (1 - p)) + config.weight() * evidence + bias(c);
        return 1 / (1 + StrictMath.exp(-odds));
    }

    private double bias(ObjectClass c) {
        if (c.isVehicle()) {
            return config.vehicleBias();
        }
        return c == ObjectClass.PEDESTRIAN ? config.pedestrianBias() : config.cyclistBias();
    }
}
