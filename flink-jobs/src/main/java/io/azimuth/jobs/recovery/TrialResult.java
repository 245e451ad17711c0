package io.azimuth.jobs.recovery;

import io.azimuth.perception.simulation.TownFamily;

/**
 * What became of one trial.
 *
 * @param movedM how far the vehicle truly was carried
 * @param afterS data from the event to the verdict, seconds; NaN if nothing was noticed
 * @param errorM of the pose when it was found and a second later, the larger one, relative to the
 *     last pose before the event; NaN unless found
 * @param errorDeg the same of its angle
 * @param maxMillis most CPU that a sweep took after the event
 * @param meanMillis mean CPU of the sweeps from the event to the verdict
 */
record TrialResult(
        TownFamily family,
        long seed,
        Trial trial,
        Outcome outcome,
        double movedM,
        double afterS,
        double errorM,
        double errorDeg,
        double maxMillis,
        double meanMillis) {
    /** Verdicts, judged by the truth. */
    enum Outcome {
        /** Recovered in the right place (0.6 m, 1.5 degrees). */
        FOUND,
        /** Said that it is lost. */
        LOST,
        /** Recovered in a wrong place. */
        FALSE,
        /** Went on as if nothing had happened, in a wrong place. */
        UNNOTICED
    }

    boolean good() {
        return trial == Trial.OTHER_TOWN
                ? outcome == Outcome.LOST
                : trial == Trial.GAP
                        ? outcome == Outcome.FOUND
                        : outcome == Outcome.FOUND || outcome == Outcome.LOST;
    }
}
