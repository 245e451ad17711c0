package io.azimuth.perception.inference;

/**
 * Counters of one network, for metrics; never part of a result.
 *
 * @param runs that were started
 * @param failures runs that ended in {@link InferenceFailed}
 * @param runNanos time inside the engine and the check of its results, over all threads
 * @param leases that are open now
 * @param nativeBytes weights and the buffers of open leases; the engine's arena comes on top and is
 *     not told
 */
public record InferenceStats(
        long runs, long failures, long runNanos, long leases, long nativeBytes) {}
