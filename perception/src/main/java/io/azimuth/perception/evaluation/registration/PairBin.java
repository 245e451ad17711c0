package io.azimuth.perception.evaluation.registration;

import java.util.List;

/**
 * Recall of the pairs that can be matched and are alike in one property. Immutable, thread-safe.
 *
 * @param low of the property, included
 * @param high of the property, not included
 * @param refused estimates that were refused or are missing
 * @param recall by limit, in the scores' order
 */
public record PairBin(
        Property property, double low, double high, int pairs, int refused, List<Double> recall) {
    public PairBin {
        recall = List.copyOf(recall);
    }

    /** By what pairs are put together. */
    public enum Property {
        /** Length of the true translation, metres. */
        DISTANCE(0, 2, 5, 10, 20, 40, Double.POSITIVE_INFINITY),
        /** Share of the scans that both see; pairs of unknown overlap are in no bin. */
        OVERLAP(PairTruth.LEAST_OVERLAP, 0.2, 0.4, 0.6, 0.8, Double.POSITIVE_INFINITY),
        /** Angle of the true rotation, degrees. */
        ANGLE(0, 5, 15, 45, 90, Double.POSITIVE_INFINITY);

        private final double[] edges;

        Property(double... edges) {
            this.edges = edges;
        }

        double[] edges() {
            return edges.clone();
        }
    }
}
