package io.azimuth.perception.evaluation.registration;

import io.azimuth.perception.geometry.RigidTransform;
import org.jspecify.annotations.Nullable;

/**
 * A pair with what was said of it.
 *
 * @param metres translation error, infinite if there is no estimate or no truth
 * @param degrees rotation error, likewise
 */
record JudgedPair(PairTruth pair, boolean accepted, double metres, double degrees) {

    static JudgedPair of(PairTruth pair, @Nullable PairEstimate estimate) {
        RigidTransform truth = pair.targetFromSource();
        RigidTransform said = estimate == null ? null : estimate.targetFromSource();
        if (truth == null || said == null) {
            double none = Double.POSITIVE_INFINITY;
            return new JudgedPair(pair, said != null, none, none);
        }
        RigidTransform error = truth.inverse().times(said);
        double degrees = Math.toDegrees(error.angleRad());
        return new JudgedPair(pair, true, error.translationNorm(), degrees);
    }

    boolean within(ErrorLimit limit) {
        return metres <= limit.metres() && degrees <= limit.degrees();
    }

    double value(PairBin.Property property) {
        RigidTransform truth = pair.targetFromSource();
        if (property == PairBin.Property.OVERLAP) {
            return pair.overlap();
        }
        if (truth == null) {
            return Double.NaN;
        }
        return property == PairBin.Property.DISTANCE
                ? truth.translationNorm()
                : Math.toDegrees(truth.angleRad());
    }
}
