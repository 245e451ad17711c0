package io.azimuth.jobs.pairs;

import io.azimuth.perception.evaluation.registration.ErrorLimit;

/**
 * What was said of a pair, beside the truth.
 *
 * @param matchable whether registering it can be asked for
 * @param negative whether accepting it is wrong
 * @param accepted whether the pose was
 * @param degrees error of the best pose, accepted or not; NaN without truth
 * @param metres likewise
 * @param cpuMillis of the registration, the target's share left out
 */
record JudgedOutcome(
        boolean matchable,
        boolean negative,
        boolean accepted,
        double degrees,
        double metres,
        double cpuMillis) {

    boolean within(ErrorLimit limit) {
        return degrees <= limit.degrees() && metres <= limit.metres();
    }
}
