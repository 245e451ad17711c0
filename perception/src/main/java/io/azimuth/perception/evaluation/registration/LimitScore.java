package io.azimuth.perception.evaluation.registration;

import io.azimuth.perception.evaluation.trajectory.ErrorSummary;

/**
 * Pairs that were registered within a limit. Immutable, thread-safe.
 *
 * @param successes pairs that can be matched and were, within the limit
 * @param recall successes of all pairs that can be matched, refused and missing ones included; NaN
 *     if there are none
 * @param precision right ones of all accepted estimates, those of unmatchable pairs included; NaN
 *     if none was accepted
 * @param falseAccepts accepted estimates of unmatchable pairs that are not within the limit, as
 *     every one without truth
 * @param metres translation errors of the successes
 * @param degrees rotation errors of the successes
 */
public record LimitScore(
        ErrorLimit limit,
        int successes,
        double recall,
        double precision,
        int falseAccepts,
        ErrorSummary metres,
        ErrorSummary degrees) {}
